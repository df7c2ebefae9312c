article-title = المقال { $id }
article-original = الأصل
article-voices = من يتكلم في هذا المقال
article-shares = حصة كل متحدث من كلمات المقال
article-own-voice = كلام الوسيلة نفسها
article-all-speakers = أظهر جميع المتحدثين
article-no-statements = لا أقوال منسوبة إلى أحد في هذا النص.
article-not-latest = هذه صيغة أقدم من المقال؛ وللمقال صيغة أحدث منها في أسفل الصفحة.
article-forgotten = حُذف نص هذا المقال في { $day }، ولم يبق منه إلا الأقوال.
article-long = هذا مقال طويل جدًا، ولا يظهر هنا من آخره { $left ->
    [zero] شيء
    [one] حرف واحد
    [two] حرفان
    [few] { $left } أحرف
    [many] { $left } حرفًا
   *[other] { $left } حرف
}.
article-whole = أظهره كله
article-within = ضمن القول { $number }
article-addressee = مخاطبًا { $name }
article-said-on = قيل في { $day }
article-hedge = تحفّظ الناقل: { $words }
article-percent = { $percent }٪
article-cite = اقتبس
article-copy = انسخ
article-copied = نُسخ الاقتباس
article-right = صحيح
article-wrong = خطأ
article-mend = صحّح
article-undo = تراجع
article-judged-right = أُقرّ
article-judged-wrong = رُدّ
article-judged-mended = صُحّح
article-failed = لم يُحفظ القرار. أعد تحميل الصفحة ثم حاول مرة أخرى.
article-to-words = القول { $number }: إلى موضعه في النص
article-mend-label = تصحيح القول { $number }
article-mend-speaker = القائل
article-mend-nobody = لا يُسمّى قائله
article-mend-type = نوع القائل
article-mend-act = نوع القول
article-mend-words = نص القول
article-mend-hint = كما ورد في المقال حرفًا بحرف
article-mend-note = ملاحظة
article-mend-keep = احفظ
article-mend-leave = إلغاء
article-keys = من لوحة المفاتيح:
article-key-next = القول التالي
article-key-previous = القول السابق
article-rejected = { $count ->
    [zero] لا أقوال رُدّت
    [one] قول واحد رُدّ ولا يظهر في النص
    [two] قولان رُدّا ولا يظهران في النص
    [few] { $count } أقوال رُدّت ولا تظهر في النص
    [many] { $count } قولًا رُدّ ولا يظهر في النص
   *[other] { $count } قول رُدّ ولا يظهر في النص
}
article-editions = صيغ أخرى من هذا المقال
article-edition = الصيغة { $version }
article-added = أضيفت في { $day }
article-copies = النص نفسه في مواضع أخرى
article-same = النص نفسه
article-near = { $percent }٪ من النص
article-copies-left = { $count ->
    [zero] ولا نسخ غيرها
    [one] ونسخة أخرى
    [two] ونسختان أخريان
    [few] و{ $count } نسخ أخرى
    [many] و{ $count } نسخة أخرى
   *[other] و{ $count } نسخة أخرى
}

versions-title = صيغ قول: { $name }
versions-heading = : القول كما نقلته الوسائل
versions-wordings = { $count ->
    [zero] بلا ألفاظ
    [one] بألفاظ واحدة
    [two] بصياغتين مختلفتين
    [few] بـ{ $count } صياغات مختلفة
    [many] بـ{ $count } صياغة مختلفة
   *[other] بـ{ $count } صياغة مختلفة
}
versions-same = نقلته الوسائل كلها بالألفاظ نفسها.
versions-alone = لا صيغة أخرى لهذا القول في السجل.
versions-legend = أنواع الفروق:
versions-own = لفظ لا تشترك فيه الصيغ
versions-version = الصيغة { $number }
versions-headline = في العنوان
versions-also = { $count ->
    [zero] ولا موضع غيرها بالألفاظ نفسها
    [one] وموضع آخر بالألفاظ نفسها
    [two] وموضعان آخران بالألفاظ نفسها
    [few] و{ $count } مواضع أخرى بالألفاظ نفسها
    [many] و{ $count } موضعًا آخر بالألفاظ نفسها
   *[other] و{ $count } موضع آخر بالألفاظ نفسها
}
versions-rest = { $count ->
    [zero] لا صيغ أخرى
    [one] صيغة أخرى
    [two] صيغتان أخريان
    [few] { $count } صيغ أخرى
    [many] { $count } صيغة أخرى
   *[other] { $count } صيغة أخرى
}
versions-differences = الفروق
versions-kind = النوع
versions-here = في صيغ
versions-there = وفي صيغ أخرى
versions-note = ملاحظة
versions-nothing = لا شيء
versions-and-more = { $count ->
    [zero] ولا غيرها
    [one] وأخرى
    [two] واثنتان
    [few] و{ $count } أخرى
    [many] و{ $count } أخرى
   *[other] و{ $count } أخرى
}
versions-all = { $count ->
    [zero] لا فروق أخرى
    [one] أظهر الفرق الباقي
    [two] أظهر الفرقين الباقيين
    [few] أظهر { $count } فروق باقية
    [many] أظهر { $count } فرقًا باقيًا
   *[other] أظهر { $count } فرق باقٍ
}
versions-to-drift = أقوال اختلفت فيها الوسائل أكثر من غيرها
difference-negation = نفي
difference-number = عدد
difference-name = اسم
difference-certainty = درجة اليقين
difference-verb = فعل القول
difference-quotation = علامات الاقتباس
difference-extent = مدى الكلام
versions-note-other = لفظ آخر
versions-note-absent = في بعضها فقط
versions-note-denial = نفي في بعضها وإثبات في غيرها
versions-note-hedge = تحفّظ من بعض الوسائل
versions-note-force = قوة أخرى للفعل
versions-note-stance = موقف آخر في الفعل
versions-note-unquoted = بين علامتي اقتباس في بعضها فقط
versions-note-inside = ألفاظ أخرى بين علامتي الاقتباس
versions-note-clause = لا يرد في بعضها
versions-note-headline = في العنوان فقط
drift-title = حيث اختلفت الوسائل
drift-left = قورنت أوسع الأقوال انتشارًا في هذه المدة، وعددها { $compared }؛ اختر مدة أقصر لترى غيرها.
drift-none = لا أقوال في هذه المدة اختلفت فيها الوسائل.
span-from = من يوم
span-to = إلى يوم
span-outlet = الوسيلة
span-show = اعرض
span-latest = أحدث الأيام
span-ended = لا شيء في السجل بعد { $day }؛ هذه آخر أيامه.

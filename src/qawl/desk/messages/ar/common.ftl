name = قول
skip = إلى المحتوى
nav-label = أقسام المكتب
nav-today = اليوم
nav-search = البحث
nav-people = المتحدثون
nav-voices = من عمّن
nav-drift = فروق الوسائل
nav-followed = المتابعة
nav-review = المراجعة
nav-sources = المصادر
nav-audit = سجل القرارات
nav-help = المساعدة
find-label = ابحث في الأقوال
find-hint = كلمة أو عبارة أو اسم
settings-label = اللغة والمظهر
language-ar = العربية
language-en = English
theme-auto = مظهر الجهاز
theme-light = مظهر فاتح
theme-dark = مظهر داكن
reported = قول ينقل ما نُقل، ولا يحكم على صحته.
pager-label = صفحات النتائج
pager-back = السابق
pager-on = التالي
error-title = خطأ
error-400 = لم يُفهم الطلب
error-401 = سجّل الدخول أولًا
error-403 = هذا غير متاح لك
error-404 = لا شيء في هذا العنوان
error-405 = هذا العنوان لا يُطلب هكذا
error-409 = تغيّر الأمر في أثناء ذلك
error-413 = النص أكبر من المسموح
error-422 = في الطلب ما لا يصح
error-429 = طلبات كثيرة؛ انتظر قليلًا ثم أعد المحاولة
error-500 = حدث خلل عندنا، ولم يضع شيء مما حُفظ
error-back = إلى الصفحة الأولى
error-503 = المكتب مشغول الآن
refused-busy = تُقرأ الآن نصوص لآخرين. أعد المحاولة بعد قليل.
refused-role-editor = القرارات للمحررين وحدهم.
refused-role-admin = هذا للمشرفين وحدهم.
speaker-unknown = لا يُعرف القائل
outlet-unknown = وسيلة غير مذكورة
negated = منفيّ
sure = الثقة { $percent }٪
count-statements = { $count ->
    [zero] لا أقوال
    [one] قول واحد
    [two] قولان
    [few] { $count } أقوال
    [many] { $count } قولًا
   *[other] { $count } قول
}
count-articles = { $count ->
    [zero] لا مقالات
    [one] مقال واحد
    [two] مقالان
    [few] { $count } مقالات
    [many] { $count } مقالًا
   *[other] { $count } مقال
}
count-outlets = { $count ->
    [zero] لا وسائل إعلام
    [one] وسيلة واحدة
    [two] وسيلتان
    [few] { $count } وسائل
    [many] { $count } وسيلة
   *[other] { $count } وسيلة
}
count-versions = { $count ->
    [zero] لا صيغ
    [one] صيغة واحدة
    [two] صيغتان
    [few] { $count } صيغ
    [many] { $count } صيغة
   *[other] { $count } صيغة
}

sources-outlets = الوسائل
sources-outlet = الوسيلة
sources-articles = المقالات
sources-statements = الأقوال
sources-copies = منها نسخ
sources-copies-hint = النسخة مقال نصّه نص مقال سابق.
sources-first = أول يوم
sources-last = آخر يوم
sources-no-outlets = لا مقالات في السجل بعد.
sources-feeds = الخلاصات المتابَعة
sources-feed = الخلاصة
sources-checked = آخر جلب
sources-next = الجلب التالي
sources-state = الحالة
sources-well = تعمل
sources-failures = { $count ->
    [zero] تعمل
    [one] تعذّر الجلب مرة
    [two] تعذّر الجلب مرتين متتاليتين
    [few] تعذّر الجلب { $count } مرات متتالية
    [many] تعذّر الجلب { $count } مرة متتالية
   *[other] تعذّر الجلب { $count } مرة متتالية
}
sources-no-feeds = لا خلاصات متابَعة. تُتابَع الخلاصات من سطر الأوامر، وتُضاف مقالاتها أولًا بأول.
articles-title = المقالات
articles-outlet = الوسيلة
articles-all = كل الوسائل
articles-from = من يوم
articles-to = إلى يوم
articles-show = اعرض
articles-statements = أقوال هذه الوسيلة
articles-version = الصيغة { $number }
articles-copies = { $count ->
    [zero] بلا نسخ
    [one] نسخة أخرى منه
    [two] نسختان أخريان منه
    [few] { $count } نسخ أخرى منه
    [many] { $count } نسخة أخرى منه
   *[other] { $count } نسخة أخرى منه
}
articles-nothing = لا مقالات بهذه الشروط.

search-title = البحث في الأقوال
search-go = ابحث
search-narrow = تضييق البحث
search-speaker = القائل
search-outlet = الوسيلة
search-act = نوع القول
search-form = صيغة النقل
search-about = عمّن أو عمّا
search-from = من يوم
search-to = إلى يوم
search-any = الكل
search-how = تُطلب الكلمات مجتمعة بكل صورها. ما بين علامتي اقتباس يُطلب كما هو، وما بعد الناقص يُستبعد، والنجمة تقوم مقام آخر الكلمة. مثال:
search-count = { $count ->
    [zero] لا نتائج
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $count } نتائج
    [many] { $count } نتيجة
   *[other] { $count } نتيجة
}
search-at-least = { $count ->
    [zero] لا نتائج
    [one] نتيجة واحدة على الأقل
    [two] نتيجتان على الأقل
    [few] { $count } نتائج على الأقل
    [many] { $count } نتيجة على الأقل
   *[other] { $count } نتيجة على الأقل
}
search-none = لا نتائج
search-none-help = جرّب كلمات أقل، أو أزل بعض ما ضيّق البحث، أو انظر في هجاء الاسم.
search-results = النتائج
search-facets = توزيع النتائج
search-looked-at = { $count ->
    [zero] لم تُعدّ أي نتيجة.
    [one] الأعداد في أحدث نتيجة وحدها.
    [two] الأعداد في أحدث نتيجتين.
    [few] الأعداد في أحدث { $count } نتائج.
    [many] الأعداد في أحدث { $count } نتيجة.
   *[other] الأعداد في أحدث { $count } نتيجة.
}
search-chosen = ما ضُيّق به البحث
search-remove = إزالة
search-when = النتائج بحسب يوم النشر
search-brush = اسحب فوق الأعمدة لاختيار مدة
search-week = أسبوع { $day }
search-quarter = { $quarter ->
    [1] الربع الأول
    [2] الربع الثاني
    [3] الربع الثالث
   *[4] الربع الأخير
} { $year }
search-before = قبل { $day }
search-early = { $count ->
    [zero] لا نتائج قبل { $day }
    [one] ومنها نتيجة واحدة قبل { $day }
    [two] ومنها نتيجتان قبل { $day }
    [few] ومنها { $count } نتائج قبل { $day }
    [many] ومنها { $count } نتيجة قبل { $day }
   *[other] ومنها { $count } نتيجة قبل { $day }
}
search-undated = { $count ->
    [zero] وكلها مؤرخة.
    [one] ومنها نتيجة بلا تاريخ.
    [two] ومنها نتيجتان بلا تاريخ.
    [few] ومنها { $count } نتائج بلا تاريخ.
    [many] ومنها { $count } نتيجة بلا تاريخ.
   *[other] ومنها { $count } نتيجة بلا تاريخ.
}
search-where-partly = بعض الكلمات حول القول
search-where-around = الكلمات حول القول
search-verdict-right = أقرّه محرر
search-verdict-mended = صحّحه محرر
search-article = المقال
search-keep = حفظ البحث
search-save-as = احفظ هذا البحث باسم
search-save = احفظ
search-replace = احفظ مكان السابق
search-taken = في المكتب بحث محفوظ اسمه { $name }. اختر اسمًا آخر، أو احفظ مكان السابق.
search-feed = خلاصة Atom
search-feed-reader = عنوان لقارئ الخلاصات
search-wrong-long = البحث أطول من المسموح. اكتفِ بأهم الكلمات.
search-wrong-words = كلمات البحث أكثر من المسموح. اكتفِ بأهمها.
search-wrong-prefix = قبل النجمة حرفان على الأقل: { $about }
search-wrong-page = لا تصل الصفحات إلى هذا البعد. ضيّق البحث بدل ذلك.
search-wrong-excluded = لا يكفي الاستبعاد وحده. أضف كلمة تبحث عنها.
search-wrong-nothing = اكتب كلمة، أو اختر قائلًا أو وسيلة أو مدة.
search-wrong-name = لا يصلح هذا اسمًا: { $about }
search-wrong-value = قيمة غير معروفة: { $about }
search-wrong-days = لا يوم بين هذين التاريخين: { $about }
search-wrong-outlet = لا وسيلة إعلام بهذا الاسم: { $about }
search-wrong-day = لا يصلح هذا تاريخًا: { $about }
search-wrong-saved = لا بحث محفوظًا بهذا الاسم: { $about }
search-wrong-entity = لا متحدث بهذا المعرّف: { $about }

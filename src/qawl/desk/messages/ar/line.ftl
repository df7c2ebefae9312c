line-title = { $person } عن { $subject }
line-of = أقوال { $person } في موضوع
line-outlet = الوسيلة
line-only-turns = التحوّلات فقط
line-published = (يوم النشر)
line-undated = بلا تاريخ
line-force-softer = بصيغة مخففة
line-force-firm = بصيغة حازمة
line-force-sharp = بصيغة حادة
line-force-threat = بصيغة تهديد
line-hedge = بتحفظ:
line-cue = بفعل:
line-differs-polarity = يختلف عن قول سابق: أحدهما يُثبت والآخر ينفي
line-differs-act = يختلف عن قول سابق في نوع القول
line-score = درجة الاختلاف { $percent }٪
line-turns = { $count ->
    [zero] لا تحوّلات
    [one] تحوّل واحد
    [two] تحوّلان
    [few] { $count } تحوّلات
    [many] { $count } تحوّلًا
   *[other] { $count } تحوّل
}
line-again = { $count ->
    [zero] لا تكرار
    [one] قيل المعنى نفسه مرة أخرى
    [two] قيل المعنى نفسه مرتين أخريين
    [few] قيل المعنى نفسه { $count } مرات أخرى
    [many] قيل المعنى نفسه { $count } مرة أخرى
   *[other] قيل المعنى نفسه { $count } مرة أخرى
}
line-until = حتى { $day }
line-hint = بترتيب يوم القول. ما يتكرر مطويّ، وما يختلف عن قول سابق معروض معه للمقارنة؛ والحكم للقارئ.
line-subject-page = صفحة { $name }
line-wrong = لم يُفهم الموضوع:
line-nothing = لا أقوال في هذا الموضوع بهذه الشروط.
line-no-turns = لا تحوّل هنا عن قول سابق.
line-subjects = مواضيع كثر الحديث عنها
line-watch-name = اسم المتابعة
line-watch = أضف إلى المتابعات

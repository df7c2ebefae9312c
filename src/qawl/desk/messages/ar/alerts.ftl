alerts-title = التنبيهات
alerts-intro = التنبيه يُرسل ما يستجد من أقوال في بحث محفوظ أو قائمة متابعة. وما في السجل يوم إنشائه لا يُرسل.
alerts-none = لا تنبيهات بعد.
alerts-add = أضف تنبيهًا
alerts-what = على ماذا
alerts-name = الاسم
alerts-by = طريقة الإرسال
alerts-target = العنوان
alerts-of-search = بحث محفوظ
alerts-of-watchlist = قائمة متابعة
alerts-by-webhook = طلب إلى خادم
alerts-by-email = بريد إلكتروني
alerts-sent = آخر إرسال { $day }
alerts-not-sent = لم يُرسل شيء بعد
alerts-failed = { $count ->
    [zero] لم يتعذر الإرسال
    [one] تعذر الإرسال مرة، وسيعاد
    [two] تعذر الإرسال مرتين، وسيعاد
    [few] تعذر الإرسال { $count } مرات، وسيعاد
    [many] تعذر الإرسال { $count } مرة، وسيعاد
   *[other] تعذر الإرسال { $count } مرة، وسيعاد
}
alerts-failing = تعذر الإرسال مرارًا، فأُوقف
alerts-again = أعد المحاولة
alerts-remove = احذف
alerts-gone = لا تنبيه بهذا الرقم.
alerts-secret = أُنشئ التنبيه { $name }. يوقَّع كل طلب بهذا المفتاح في الترويسة { $header }. انسخه الآن، فلن يظهر ثانية:
alerts-nothing-kept = يلزم أولًا بحث محفوظ أو قائمة متابعة:
alerts-no-mail = لا خادم بريد معدًّا لهذا المكتب، فلا إرسال بالبريد.
alerts-wrong-name = يلزم اسم لا يزيد على 200 حرف.
alerts-wrong-taken = في المكتب تنبيه بهذا الاسم.
alerts-wrong-webhook = يلزم عنوان يبدأ بـ http أو https، بلا اسم مستخدم فيه.
alerts-wrong-email = لا يصلح هذا عنوان بريد.
alerts-wrong-mail = لا خادم بريد معدًّا لهذا المكتب.
alerts-wrong-asked = يتعذر الآن إجراء هذا البحث أو فتح هذه القائمة.
alerts-mail-subject = { $name }: { $count }
alerts-mail-intro = استجدّ في «{ $asked }» ما يلي:

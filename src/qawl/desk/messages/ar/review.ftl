review-title = المراجعة
review-kinds = ما يُراجَع
review-statements = الأقوال
review-pairs = المتحدثون
review-today = { $count ->
    [zero] لا قرارات اليوم
    [one] قرار واحد اليوم
    [two] قراران اليوم
    [few] { $count } قرارات اليوم
    [many] { $count } قرارًا اليوم
   *[other] { $count } قرار اليوم
}
review-mine = { $count ->
    [zero] ليس منها لك شيء
    [one] واحد منها لك
    [two] اثنان منها لك
    [few] { $count } منها لك
    [many] { $count } منها لك
   *[other] { $count } منها لك
}
review-left = { $count ->
    [zero] لم يبق شيء
    [one] بقي واحد
    [two] بقي اثنان
    [few] بقي { $number }
    [many] بقي { $number }
   *[other] بقي { $number }
}
review-is-right = أُقرّ
review-is-wrong = رُدّ
review-is-mended = صُحّح
review-right = صحيح
review-wrong = خطأ
review-mend = تصحيح
review-skip = تخطَّ
review-undo = تراجع
review-speaker = القائل
review-type = نوع القائل
review-nobody = لا يُسمّى أحد
review-act = نوع القول
review-words = ما قيل (بكلمات المقال)
review-note = ملاحظة
review-save = احفظ التصحيح
review-done = لا أقوال مشكوك فيها: كل شيء مراجَع.
review-pairs-done = لا متحدثين مشكوك في هويتهم.
review-end = هذا آخر ما يُراجَع.
review-again = من البداية
review-recent = آخر القرارات
review-same-question = أهما متحدث واحد؟
review-same = واحد
review-different = ليسا واحدًا
review-span = من { $first } إلى { $last }
review-likely = الاحتمال { $percent }٪
review-names = الأسماء
review-offices = المناصب
review-outlets = وسائل الإعلام
review-latest = من أقواله
review-to-article = في المقال
review-kind-person = شخص
review-kind-organization = جهة
review-kind-group = مجموعة
review-kind-place = دولة أو مكان
review-kind-document = وثيقة
review-kind-office = منصب
review-because-same-name = الاسم نفسه
review-because-same-name-in-another-spelling = الاسم نفسه بكتابة أخرى
review-because-same-name-but-for-a-slip = الاسم نفسه إلا حرفًا
review-because-one-name-is-shorter = أحد الاسمين أقصر
review-because-one-name-is-shorter-in-another-spelling = أحد الاسمين أقصر وبكتابة أخرى
review-because-a-common-name = اسم شائع
review-because-same-office = المنصب نفسه
review-because-same-office-once-without-its-state = المنصب نفسه، ومرة بلا دولته
review-because-same-state = الدولة نفسها
review-because-of-different-states = من دولتين
review-because-in-different-fields = في مجالين مختلفين
review-because-others-may-be-meant = قد يُقصد غيره
review-because-another-name = اسم آخر

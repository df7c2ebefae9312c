audit-title = سجل القرارات
audit-who = من قرر
audit-everybody = الجميع
audit-kind = في أي أمر
audit-kind-all = في كل أمر
audit-kind-statement = الأقوال
audit-kind-people = هوية المتحدثين
audit-kind-record = السجل والحسابات
audit-filter = اعرض
audit-nothing = لا قرارات هنا.
audit-utc = الأوقات بالتوقيت العالمي.
audit-and = و
audit-what-right = أقرّ القول
audit-what-wrong = ردّ القول
audit-what-mended = صحّح القول
audit-what-undone = تراجع عن قرار في
audit-what-same = هما واحد:
audit-what-different = ليسا واحدًا:
audit-undoes = (القرار { $number })
audit-taken-back = جرى التراجع عنه
audit-undo = تراجع
audit-speaker = القائل:
audit-act = نوع القول:
audit-words = تغيّر نص القول
audit-new-articles = { $count ->
    [zero] لا مقالات جديدة
    [one] مقال جديد واحد
    [two] مقالان جديدان
    [few] { $count } مقالات جديدة
    [many] { $count } مقالًا جديدًا
   *[other] { $count } مقال جديد
}
audit-did-add = أضاف مقالات إلى السجل
audit-did-watch = تابع المصادر
audit-did-reread = أعاد قراءة المقالات
audit-did-import = استورد من سجل آخر
audit-did-forget = أزال نصوصًا من السجل
audit-did-rebuild = أعاد بناء السجل
audit-did-upgrade = رقّى قاعدة البيانات
audit-did-account-add = أنشأ حساب
audit-did-account-role = غيّر دور
audit-did-account-password = غيّر كلمة مرور
audit-did-account-close = أغلق حساب
audit-did-account-open = أعاد فتح حساب
audit-did-token-make = أنشأ مفتاح برنامج:
audit-did-token-close = ألغى مفتاح برنامج:
audit-did-tokens-close = ألغى كل مفاتيح

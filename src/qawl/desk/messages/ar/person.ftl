person-days = من { $first } إلى { $last }
person-all = كل الأقوال
person-all-about = كل ما قيل عن { $name }
person-line = الأقوال في موضوع عبر الزمن
person-subject = الموضوع
person-subject-hint = اسم، أو كلمات
person-show-line = اعرض الخط الزمني
person-latest = أحدث الأقوال
person-offices = المناصب عبر الزمن
person-offices-hint = كما وردت في مقالات من { $first } إلى { $last }
person-office = المنصب
person-held = ذُكر به
person-identity = الهوية
person-identity-hint = إن كان في السجل اسم آخر للشخص نفسه أو خُلط بينه وبين غيره فقرّر هنا. قرارك هو المعتمد، ويمكن التراجع عنه.
person-other = الآخر: الاسم أو المعرّف
person-likely = قد يكون هو نفسه: { $percent }٪
person-same = هما واحد
person-different = ليسا واحدًا
person-about = الحديث عن
person-about-hint = الاسم يفتح خط الأقوال عنه، والعدد يفتح الأقوال نفسها.
person-spoken-of = من تحدث عن { $name }
person-outlets = الوسائل
person-acts = أنواع الأقوال
person-names = الأسماء في المقالات
person-related = على صلة
person-by-month = الأقوال في كل شهر بحسب نوعها
person-by-year = الأقوال في كل سنة بحسب نوعها
person-other-acts = غير ذلك
person-more = { $count ->
    [zero] لا مزيد
    [one] وواحد غيرها
    [two] واثنان غيرها
    [few] و{ $count } غيرها
    [many] و{ $count } غيرها
   *[other] و{ $count } غيرها
}
relation-state_of = دولة
relation-capital_of = العاصمة
relation-body_of = جهة فيها
relation-office_of = منصب فيها
relation-national_of = من مواطنيها

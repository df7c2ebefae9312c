role-reader = قارئ
role-editor = محرر
role-admin = مشرف
sign-in-title = تسجيل الدخول
sign-in-do = ادخل
sign-in-wrong = الاسم أو كلمة المرور غير صحيحة.
sign-in-throttled = محاولات كثيرة؛ انتظر بضع دقائق ثم أعد المحاولة.
sign-out = تسجيل الخروج
account-title = حسابي
account-wrong-password = كلمة المرور الحالية غير صحيحة.
account-password-what = { $count ->
    [zero] كلمة المرور لازمة.
    [one] كلمة المرور حرف واحد على الأقل.
    [two] كلمة المرور حرفان على الأقل.
    [few] كلمة المرور { $count } أحرف على الأقل.
    [many] كلمة المرور { $count } حرفًا على الأقل.
   *[other] كلمة المرور { $count } حرف على الأقل.
} حين تغيّرها يُسجَّل خروجك من كل متصفح آخر.
account-password-tokens = ألغِ كل مفاتيحي أيضًا، وعناوين الخلاصات
accounts-password-tokens = ألغِ كل مفاتيح الحساب أيضًا، وعناوين خلاصاته
account-done-password-tokens = تغيّرت كلمة المرور، وسُجّل خروجك من كل متصفح آخر، وأُلغيت كل المفاتيح.
account-feeds = عناوين الخلاصات
account-feeds-what = قارئ الخلاصات لا يسجّل الدخول، فله عنوان فيه مفتاح يفتح الخلاصات وحدها. من عرف العنوان قرأها؛ والمفتاح يُلغى من قائمة المفاتيح أعلاه.
account-feed-once = انسخ هذا العنوان إلى قارئ الخلاصات الآن؛ لن يظهر ثانية.
account-feed-of = خلاصة أي بحث؟
account-feed-wanted = البحث الذي جئت منه
account-feed-make = أنشئ عنوانًا
account-feed-first = ابحث أولًا، ثم اطلب من صفحة النتائج عنوانًا لقارئ الخلاصات.
account-feed-wrong = لا خلاصة لهذا العنوان.
role-feed = خلاصات فقط
account-password-old = كلمة المرور الحالية
account-password-new = كلمة المرور الجديدة
account-password-do = غيّر كلمة المرور
account-done-password = تغيّرت كلمة المرور، وسُجّل خروجك من كل متصفح آخر.
account-done-sessions = سُجّل خروجك من كل متصفح آخر.
account-done-closed = أُلغي المفتاح.
account-tokens = مفاتيح البرامج
account-tokens-what = بالمفتاح يدخل برنامج باسمك إلى الواجهة البرمجية. لا يفتح له أكثر مما هو مفتوح لك.
account-tokens-list = المفاتيح القائمة
account-token-once = انسخ هذا المفتاح الآن؛ لن يظهر ثانية.
account-token-name = الغرض
account-token-for = لأي غرض؟
account-token-used = آخر استعمال
account-token-unused = لم يُستعمل
account-token-make = أنشئ مفتاحًا
account-token-close = ألغِ المفتاح
account-token-role = لا يفتح المفتاح أكثر مما هو مفتوح لك.
account-sessions = المتصفحات المسجَّلة
account-session = منذ { $begun }، حتى { $ends }
account-session-own = (هذا المتصفح)
account-sessions-end = سجّل الخروج من كل متصفح آخر
accounts-title = الحسابات
accounts-name = الاسم
accounts-password = كلمة المرور
accounts-role = الدور
accounts-made = أُنشئ
accounts-since = منذ { $day }
accounts-closed-since = مغلق منذ { $day }
accounts-change = تغيير
accounts-role-do = غيّر الدور
accounts-close = أغلق الحساب
accounts-open = أعد فتحه
accounts-add = حساب جديد
accounts-add-do = أنشئ الحساب
accounts-done = حُفظ التغيير.
accounts-roles-what = القارئ يطّلع، والمحرر يقرر ويصحّح، والمشرف يدير الحسابات أيضًا.
accounts-off = يعمل هذا المكتب بلا حسابات.
accounts-by-browser = تُدار الحسابات من المتصفح، لا بمفتاح برنامج.
accounts-taken = في المكتب حساب بهذا الاسم.
accounts-bad-name = لا يصلح هذا اسمًا: من حرف إلى ثمانين حرفًا.
accounts-bad-password = كلمة المرور عشرة أحرف على الأقل، ولا تكون الاسم نفسه.
accounts-none = لا حساب بهذا الاسم.
accounts-closed = هذا الحساب مغلق.
accounts-last = هذا آخر مشرف؛ عيّن مشرفًا آخر أولًا.
accounts-no-token = لا مفتاح كهذا.

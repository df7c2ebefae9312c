name = Qawl
skip = To the content
nav-label = Parts of the desk
nav-today = Today
nav-search = Search
nav-people = People
nav-voices = Who on whom
nav-drift = Differences
nav-followed = Followed
nav-review = Review
nav-sources = Sources
nav-audit = Decisions
nav-help = Help
find-label = Search statements
find-hint = A word, a phrase, a name
settings-label = Language and appearance
language-ar = العربية
language-en = English
theme-auto = As the device
theme-light = Light
theme-dark = Dark
reported = Qawl reports what is reported, never whether it is true.
pager-label = Pages of results
pager-back = Back
pager-on = More
error-title = Error
error-400 = The request was not understood
error-401 = Sign in first
error-403 = This is not open to you
error-404 = There is nothing at this address
error-405 = This address is not asked like that
error-409 = It has changed in the meantime
error-413 = The text is larger than allowed
error-422 = Something in the request is wrong
error-429 = Too many requests; wait a little and try again
error-500 = Something went wrong here; nothing that was kept is lost
error-back = To the first page
error-503 = The desk is busy
refused-busy = Others are having texts read at the moment. Try again in a while.
refused-role-editor = Only editors decide.
refused-role-admin = Only administrators may do this.
speaker-unknown = speaker not given
outlet-unknown = outlet not given
negated = negated
sure = { $percent }% sure
count-statements = { $count ->
    [one] 1 statement
   *[other] { $count } statements
}
count-articles = { $count ->
    [one] 1 article
   *[other] { $count } articles
}
count-outlets = { $count ->
    [one] 1 outlet
   *[other] { $count } outlets
}
count-versions = { $count ->
    [one] 1 version
   *[other] { $count } versions
}

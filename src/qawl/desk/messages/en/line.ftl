line-title = { $person } on { $subject }
line-of = { $person } on a subject
line-outlet = Outlet
line-only-turns = Only where it differs
line-published = (published)
line-undated = No date
line-force-softer = softened
line-force-firm = firm
line-force-sharp = sharp
line-force-threat = threatening
line-hedge = hedged:
line-cue = by:
line-differs-polarity = Differs from an earlier statement: one affirms, the other negates
line-differs-act = Differs from an earlier statement in act
line-score = by { $percent }%
line-turns = { $count ->
    [0] no differences
    [one] differs in 1 place
   *[other] differs in { $count } places
}
line-again = { $count ->
    [one] The same again once
   *[other] The same again { $count } times
}
line-until = until { $day }
line-hint = In the order in which it was said. What says the same again is folded; what differs from something earlier stands beside it, for you to judge.
line-subject-page = The page of { $name }
line-wrong = The subject was not understood:
line-nothing = No statements on this subject with these filters.
line-no-turns = Nothing here differs from an earlier statement.
line-subjects = Subjects spoken of most
line-watch-name = Name of the watchlist
line-watch = Add to watchlists

review-title = Review
review-kinds = What is reviewed
review-statements = Statements
review-pairs = People
review-today = { $count ->
    [one] 1 decision today
   *[other] { $count } decisions today
}
review-mine = { $count ->
    [one] 1 of them yours
   *[other] { $count } of them yours
}
review-left = { $count ->
    [0] nothing left
   *[other] { $number } left
}
review-is-right = found right
review-is-wrong = taken out
review-is-mended = mended
review-right = Right
review-wrong = Wrong
review-mend = Mend
review-skip = Skip
review-undo = Undo
review-speaker = Speaker
review-type = What they are
review-nobody = Nobody is named
review-act = Act
review-words = What was said, in words of the article
review-note = Note
review-save = Keep the mend
review-done = There are no doubtful statements: all are reviewed.
review-pairs-done = There are no doubtful pairs.
review-end = This was the last one.
review-again = From the beginning
review-recent = Latest decisions
review-same-question = Are these the same?
review-same = Same
review-different = Not the same
review-span = { $first } to { $last }
review-likely = { $percent }% likely
review-names = Names
review-offices = Offices
review-outlets = Outlets
review-latest = Statements
review-to-article = in the article
review-kind-person = person
review-kind-organization = body
review-kind-group = group
review-kind-place = state or place
review-kind-document = document
review-kind-office = office
review-because-same-name = same name
review-because-same-name-in-another-spelling = same name in another spelling
review-because-same-name-but-for-a-slip = same name but for a slip
review-because-one-name-is-shorter = one name is shorter
review-because-one-name-is-shorter-in-another-spelling = one name is shorter, in another spelling
review-because-a-common-name = a common name
review-because-same-office = same office
review-because-same-office-once-without-its-state = same office, once without its state
review-because-same-state = same state
review-because-of-different-states = of different states
review-because-in-different-fields = in different fields
review-because-others-may-be-meant = others may be meant
review-because-another-name = another name

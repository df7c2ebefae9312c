person-days = { $first } to { $last }
person-all = All statements
person-all-about = All that is said about { $name }
person-line = The line on a subject over time
person-subject = Subject
person-subject-hint = A name, or words
person-show-line = Show the line
person-latest = Latest statements
person-offices = Offices over time
person-offices-hint = As given in articles from { $first } to { $last }
person-office = Office
person-held = Given
person-identity = Identity
person-identity-hint = Decide here if somebody else in the record is the same, or was mixed up with this one. Your decision wins and can be undone.
person-other = The other: name or ID
person-likely = may be the same: { $percent }%
person-same = The same
person-different = Not the same
person-about = Speaks about
person-about-hint = The name opens the line on it, the number the statements themselves.
person-spoken-of = Who speaks of { $name }
person-outlets = Outlets
person-acts = Acts
person-names = Names in articles
person-related = Related
person-by-month = Statements a month by act
person-by-year = Statements a year by act
person-other-acts = others
person-more = { $count ->
    [one] 1 more
   *[other] { $count } more
}
relation-state_of = state
relation-capital_of = capital
relation-body_of = body
relation-office_of = office
relation-national_of = national

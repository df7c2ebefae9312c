versions-title = Versions of a statement: { $name }
versions-heading = , as the outlets have it
versions-wordings = { $count ->
    [one] 1 wording
   *[other] { $count } wordings
}
versions-same = All outlets have it in the same words.
versions-alone = The record has no other version of this statement.
versions-legend = Kinds of difference:
versions-own = a word that not all versions have
versions-version = Version { $number }
versions-headline = in the headline
versions-also = { $count ->
    [one] 1 more place in the same words
   *[other] { $count } more places in the same words
}
versions-rest = { $count ->
    [one] 1 more version
   *[other] { $count } more versions
}
versions-differences = Differences
versions-kind = Kind
versions-here = In versions
versions-there = In other versions
versions-note = Note
versions-nothing = nothing
versions-and-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
versions-all = { $count ->
    [one] Show the difference that is left
   *[other] Show { $count } more differences
}
versions-to-drift = Statements on which outlets differ most
difference-negation = negation
difference-number = number
difference-name = name
difference-certainty = certainty
difference-verb = reporting verb
difference-quotation = quotation marks
difference-extent = extent
versions-note-other = another one
versions-note-absent = in some only
versions-note-denial = denied in some, asserted in others
versions-note-hedge = some outlets keep their distance
versions-note-force = of another force
versions-note-stance = of another stance
versions-note-unquoted = quoted in some only
versions-note-inside = other words between the quotation marks
versions-note-clause = left out in some
versions-note-headline = in the headline only
drift-title = Where outlets differ
drift-left = The { $compared } statements most widely carried in this span were compared; choose a shorter one to see others.
drift-none = There is no statement in this span on which outlets differ.
span-from = From
span-to = To
span-outlet = Outlet
span-show = Show
span-latest = Latest days
span-ended = The record has nothing after { $day }; these are its last days.

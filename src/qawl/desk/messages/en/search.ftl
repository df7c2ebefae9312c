search-title = Search statements
search-go = Search
search-narrow = Narrow the search
search-speaker = Who says it
search-outlet = Outlet
search-act = Kind of statement
search-form = How it is reported
search-about = About
search-from = From
search-to = To
search-any = Any
search-how = All words must be there, in any form. What stands between quotation marks is looked for as it stands, a minus excludes a word, a star stands for the rest of one. For example:
search-count = { $count ->
    [one] 1 result
   *[other] { $count } results
}
search-at-least = { $count ->
    [one] At least one result
   *[other] At least { $count } results
}
search-none = No results
search-none-help = Try fewer words, take out some of what narrows the search, or check how the name is spelled.
search-results = Results
search-facets = What the results are
search-looked-at = { $count ->
    [one] Counted over the newest result alone.
   *[other] Counted over the newest { $count } results.
}
search-chosen = What narrows the search
search-remove = Remove
search-when = Results by day of publication
search-brush = Drag over the bars to choose a time
search-week = Week of { $day }
search-quarter = { $quarter ->
    [1] 1st quarter
    [2] 2nd quarter
    [3] 3rd quarter
   *[4] 4th quarter
} { $year }
search-before = before { $day }
search-early = { $count ->
    [one] 1 result is from before { $day }
   *[other] { $count } results are from before { $day }
}
search-undated = { $count ->
    [one] 1 result has no date.
   *[other] { $count } results have no date.
}
search-where-partly = some words stand around it
search-where-around = the words stand around it
search-verdict-right = confirmed by an editor
search-verdict-mended = corrected by an editor
search-article = The article
search-keep = Keep the search
search-save-as = Save this search as
search-save = Save
search-replace = Replace the old one
search-taken = There is a saved search called { $name }. Choose another name, or replace it.
search-feed = Atom feed
search-feed-reader = An address for a feed reader
search-wrong-long = This is longer than a search may be. The most important words will do.
search-wrong-words = These are more words than a search may have. The most important ones will do.
search-wrong-prefix = Before a star there have to be two letters at least: { $about }
search-wrong-page = Pages do not go that far. Narrow the search instead.
search-wrong-excluded = It is not enough to exclude words. Add one to look for.
search-wrong-nothing = Give a word, or choose a speaker, an outlet or a time.
search-wrong-name = This is no name: { $about }
search-wrong-value = Not a known value: { $about }
search-wrong-days = There is no day between these: { $about }
search-wrong-outlet = No outlet of this name: { $about }
search-wrong-day = This is no date: { $about }
search-wrong-saved = No saved search of this name: { $about }
search-wrong-entity = Nobody has this ID: { $about }

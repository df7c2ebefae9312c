sources-outlets = Outlets
sources-outlet = Outlet
sources-articles = Articles
sources-statements = Statements
sources-copies = of these copies
sources-copies-hint = A copy is an article with the text of an earlier one.
sources-first = First day
sources-last = Last day
sources-no-outlets = There are no articles in the record yet.
sources-feeds = Feeds that are followed
sources-feed = Feed
sources-checked = Last fetch
sources-next = Next fetch
sources-state = State
sources-well = works
sources-failures = { $count ->
    [one] failed once
   *[other] failed { $count } times in a row
}
sources-no-feeds = No feed is followed. The command qawl watch follows one and adds its articles as they come.
articles-title = Articles
articles-outlet = Outlet
articles-all = All outlets
articles-from = From
articles-to = To
articles-show = Show
articles-statements = Statements of this outlet
articles-version = version { $number }
articles-copies = { $count ->
    [one] 1 copy elsewhere
   *[other] { $count } copies elsewhere
}
articles-nothing = No articles with these filters.

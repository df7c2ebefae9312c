article-title = Article { $id }
article-original = Original
article-voices = Who speaks in this article
article-shares = Share of the article's words that each speaker has
article-own-voice = The outlet's own voice
article-all-speakers = Show all speakers
article-no-statements = Nothing in this text is given as anybody's statement.
article-not-latest = This is an earlier version of the article; a later one is named at the foot of the page.
article-forgotten = The text of this article was deleted on { $day }; only its statements are left.
article-long = This article is very long: { $left } characters of it are not shown here.
article-whole = Show all of it
article-within = within statement { $number }
article-addressee = to { $name }
article-said-on = said on { $day }
article-hedge = the outlet hedges: { $words }
article-percent = { $percent }%
article-cite = Cite
article-copy = Copy
article-copied = The citation is copied
article-right = Right
article-wrong = Wrong
article-mend = Correct
article-undo = Undo
article-judged-right = judged right
article-judged-wrong = judged wrong
article-judged-mended = corrected
article-failed = The decision was not kept. Load the page again and try once more.
article-to-words = Statement { $number }: to its place in the text
article-mend-label = Correct statement { $number }
article-mend-speaker = Speaker
article-mend-nobody = Nobody is named as its speaker
article-mend-type = What the speaker is
article-mend-act = Act
article-mend-words = Words
article-mend-hint = Letter for letter as the article has them
article-mend-note = Note
article-mend-keep = Keep
article-mend-leave = Cancel
article-keys = On the keyboard:
article-key-next = next statement
article-key-previous = previous statement
article-rejected = { $count ->
    [one] 1 statement judged wrong and not shown in the text
   *[other] { $count } statements judged wrong and not shown in the text
}
article-editions = Other versions of this article
article-edition = Version { $version }
article-added = added on { $day }
article-copies = The same text elsewhere
article-same = the same text
article-near = { $percent }% of the text
article-copies-left = { $count ->
    [one] and 1 more copy
   *[other] and { $count } more copies
}

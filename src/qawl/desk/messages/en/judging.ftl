refused-origin = This request came from another site, so nothing was done.
refused-csrf = This page is too old. Load it again and repeat what you did.
judging-unchanged = Nothing was changed: write what is to hold instead of what was read.
judging-words = These words do not stand in the article; copy them from it as they are.
judging-type = The type of a speaker goes with the speaker's name.
judging-older = This statement is in an older reading of the article; the current one does not have it.
judging-no-undo = There is no decision to take back.
judging-one-already = The record has both as one already; name a statement of each.

read-title = Reading
read-heading = Read a text
read-label = Read an article now
read-hint = Paste the text of an article, or its address
read-now = Read
read-not-kept = Read, and not kept.
read-shown = This reading is not kept in the record.
read-keep = Keep the article in the record
read-outlet = Outlet
read-published = Published on
read-other = Read another
read-known = This article is in the record.
read-error-empty = Paste a text or an address first.
read-error-long = { $limit ->
    [one] This text is too long to be read here; the limit is one character.
   *[other] This text is too long to be read here; the limit is { $limit } characters.
}
read-error-address = This is no address of the web; an address begins with http or https.
read-error-forbidden = This address is in a private network, from which nothing is read.
read-error-status = The site answered that the page is not to be had (status { $status }).
read-error-unreachable = The site did not answer, or the connection broke. Try again in a while.
read-error-list = There is a list of news at this address, and no article; lists are followed from the page of sources.
read-error-page = No article to read was found on this page.
read-error-unkept = This article could not be kept.
read-error-not-arabic = There are no Arabic letters in this text, so no statements are read in it.

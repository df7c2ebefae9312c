alerts-title = Alerts
alerts-intro = An alert sends what is new in a saved search or a watchlist. What is in the record when it is made is not sent.
alerts-none = No alerts yet.
alerts-add = Add an alert
alerts-what = On what
alerts-name = Name
alerts-by = Sent by
alerts-target = Address
alerts-of-search = Saved search
alerts-of-watchlist = Watchlist
alerts-by-webhook = Webhook
alerts-by-email = E-mail
alerts-sent = Last sent on { $day }
alerts-not-sent = Nothing sent yet
alerts-failed = { $count ->
    [one] Could not be sent once; it is tried again
   *[other] Could not be sent { $count } times; it is tried again
}
alerts-failing = Could not be sent again and again, and was stopped
alerts-again = Try again
alerts-remove = Remove
alerts-gone = There is no such alert.
alerts-secret = The alert { $name } is made. Each request is signed with this key, in the header { $header }. Copy it now, it is not shown again:
alerts-nothing-kept = A saved search or a watchlist is needed first:
alerts-no-mail = No mail server is set up for this desk, so nothing can be sent by e-mail.
alerts-wrong-name = A name of at most 200 characters is needed.
alerts-wrong-taken = There is an alert of this name.
alerts-wrong-webhook = An address is needed that begins with http or https, without a user’s name in it.
alerts-wrong-email = This is no address of e-mail.
alerts-wrong-mail = No mail server is set up for this desk.
alerts-wrong-asked = This search or watchlist cannot be asked now.
alerts-mail-subject = { $name }: { $count }
alerts-mail-intro = New in “{ $asked }”:

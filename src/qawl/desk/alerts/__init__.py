"""Alerts: somebody is told of new statements that a saved search or a watchlist finds, by webhook or e-mail.

Every statement is told at least once: it counts as told when the message with it was taken by the other side. Where we
are cut off between the two, it is told again.
"""

"""Alerts: telling somebody, by webhook or e-mail, what is new in a saved search or on a watchlist."""

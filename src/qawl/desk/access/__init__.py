"""Who may use the desk: accounts and their roles, sessions of browsers, tokens of programs."""

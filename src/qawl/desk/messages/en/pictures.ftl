pictures-table = The figures as a table
pictures-when = Time

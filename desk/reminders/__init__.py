"""催办与督办: who is reminded of what, on which day; the list with which a day begins."""

"""户籍册: the households that hold a guide card, village by village in walking order."""

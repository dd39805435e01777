"""村账查询: account sets, entries, balances, books of accounts."""

"""工作人员: accounts, roles, passwords and sessions."""

"""村账规则: what an entry, an account, a month and a signature must be."""

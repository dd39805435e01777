"""审计: an append-only, chained record of every change and every reveal."""

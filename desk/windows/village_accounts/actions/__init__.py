"""村账动作: what changes the books, each in the one transaction of its page."""

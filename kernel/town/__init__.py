"""本乡: the township itself: its name, villages, advisers and telephone directory."""

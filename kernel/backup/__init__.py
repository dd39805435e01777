"""备份与恢复: a copy taken under load, proven before it gets its name; and the way back."""

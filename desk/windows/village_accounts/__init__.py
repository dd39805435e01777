"""村账窗口: the books of every village, kept by the town and true by construction."""

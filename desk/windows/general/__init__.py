"""综合窗口: one counter for everything the hall takes in."""

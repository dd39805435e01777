"""窗口: each its own pages around the case core; they do not know each other."""

"""登记簿的页面: rows are added, changed, retired, found, exported and printed."""

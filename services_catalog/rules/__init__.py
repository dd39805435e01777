"""目录规则: what an item must say, how a sheet is read, and how an item is found."""

"""办事搜索: finding an item by title, everyday name, code, pinyin or initials."""

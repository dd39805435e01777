"""报表: what the books say when they are added up, as tables for screen, sheet and paper."""

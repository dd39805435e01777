"""办理动作: what a verb changes, on a real database."""

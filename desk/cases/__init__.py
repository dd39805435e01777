"""办件: what all windows have in common: the case, its clock, its papers, its timeline."""

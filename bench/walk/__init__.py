"""乱走: cases driven through every button in any order, and what must hold after each press."""

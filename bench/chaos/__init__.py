"""捣乱: kills, locks, double presses and races, each with a control that must fail."""

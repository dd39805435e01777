"""门厅: the seam between Flask and the house: who may see a page, and what it may ask for."""

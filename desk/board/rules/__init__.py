"""看板的规矩: what is listed, counted and exported, and by whose leave."""

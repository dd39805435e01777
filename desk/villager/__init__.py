"""群众: the public side: look up, ask after a case, count a deadline."""

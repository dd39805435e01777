"""印制跑分: what printing for a whole town takes, beside the bare typesetter."""

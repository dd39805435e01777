"""信访的规矩: kinds and forms, what is guided elsewhere, groups, papers, and who may see what."""

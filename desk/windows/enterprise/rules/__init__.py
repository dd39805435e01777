"""企业代办的规矩: road maps, their reckoning, mandates, the dossier, the seven steps."""

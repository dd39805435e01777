"""村咨询员: what an adviser does for neighbours: take in, carry, answer; and what they learnt."""

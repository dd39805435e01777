"""催办规则: which nudges a countdown gives, whom each is for, and how long each is true."""

"""企业代办的动作: enterprises and their papers, mandates, projects, filings, road maps."""

"""看板: today, lights, lists and reports: what leaders and staff look at. Reads only."""

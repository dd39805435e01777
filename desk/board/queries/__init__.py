"""看板查询: questions that lists, the day's page and the reports ask. Reads only."""

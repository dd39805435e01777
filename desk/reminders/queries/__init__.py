"""催办查询: what is to be planned and told, and what one person has to do today. Reads only."""

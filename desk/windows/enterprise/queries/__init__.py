"""企业代办查询: whose enterprises somebody sees, road maps, and how projects stand. Reads only."""

"""数据库迁移: numbered, forward only, the same on SQLite and PostgreSQL."""

"""搜索跑分: whether villagers' words find what they mean, and how soon."""

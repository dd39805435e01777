"""值班的表单: what comes in by HTTP, by topic."""

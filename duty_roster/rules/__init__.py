"""值班的规矩: whose turn it is, what a rota may never do, what the log must hold."""

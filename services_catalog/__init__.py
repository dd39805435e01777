"""办事目录: what can be asked for at the desk, by whom, with which papers, in how many days."""

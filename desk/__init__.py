"""办事大厅: what happens at the windows, from the counter to the text message."""

"""突发事件: call lists, who was told when, reporting clocks, and the report that writes itself."""

"""突发事件的规矩: kinds, calls, reporting clocks, the words of the report."""

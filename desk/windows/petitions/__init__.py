"""信访窗口: letters, visits and calls with a grievance, each with its leader and its answer."""

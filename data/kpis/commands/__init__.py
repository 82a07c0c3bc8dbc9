"""Every way to change a KPI: setting it up, its readings, what is decided about it."""

"""KPIs: what they are, their readings, signals and decisions."""

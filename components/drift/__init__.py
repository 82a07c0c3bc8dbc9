"""KPIs that drift, side by side."""

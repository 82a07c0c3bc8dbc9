"""One KPI: its chart, its facts, why it moved, and what can be done about it."""

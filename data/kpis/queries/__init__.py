"""What a page reads of KPIs, in a fixed number of statements."""

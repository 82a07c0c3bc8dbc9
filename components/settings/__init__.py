"""What the company is made of, as tables."""

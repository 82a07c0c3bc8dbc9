"""What Milepost brings along as data files: the sample company, and examples to begin from."""

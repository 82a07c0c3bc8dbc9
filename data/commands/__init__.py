"""Every way to change the data: one function for each thing a person does."""

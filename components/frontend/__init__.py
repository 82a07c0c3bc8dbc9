"""The scripts and styles of the elements, which the browser loads by their addresses."""

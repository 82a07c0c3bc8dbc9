"""All that touches the database: queries to read, commands to change, exchange for files."""

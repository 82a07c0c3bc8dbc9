"""Running it: starting up, copies of the database, and which of them a person sees."""

"""Any spreadsheet that people keep, read by a mapping into the rows of the exchange format."""

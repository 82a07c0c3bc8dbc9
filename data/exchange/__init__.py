"""Files in and out: the exchange format as a folder of CSV files or one workbook."""

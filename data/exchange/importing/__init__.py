"""Importing a folder or workbook: its rows against what is here, as one command."""

from data.exchange.importing.batch import Counts
from data.exchange.importing.command import Imported, import_tables

__all__ = ["Counts", "Imported", "import_tables"]

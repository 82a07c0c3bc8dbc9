"""Importing a folder or workbook: its rows against what is here, as one command."""

from data.commands.importing.batch import Counts
from data.commands.importing.command import Imported, import_tables

__all__ = ["Counts", "Imported", "import_tables"]

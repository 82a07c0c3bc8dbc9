"""Rows to preview, as a file would give them, and what the preview says of a file."""

from dataclasses import replace

from data.core.problems import Problem
from data.exchange.importing.preview import Prepared
from data.exchange.tables import Tables
from data.exchange.views import FileView, ImportView


def prepared(tables: Tables, *problems: Problem) -> Prepared:
    """Number the rows as a file would."""
    numbered = {
        name: [replace(row, line=line) for line, row in enumerate(rows, start=2)]
        for name, rows in tables.items()
    }
    return Prepared(Tables(**numbered, given=tables.given), problems, (), "{}.csv".format)


def table(view: ImportView, name: str) -> FileView:
    (found,) = [each for each in view.files if each.name == name]
    return found

"""The cells of a table as a person typed them, read by the rules by which files are read."""

from collections.abc import Callable, Mapping
from typing import Any

from data.core.cell_values import parser
from data.core.errors import CommandRejected
from data.core.fields import Column, Row, columns
from data.core.number_parsing import typed_number
from data.core.problems import ParseError
from data.core.validators import checked_name

NOT_ABOVE_ZERO = "{name} must be above 0: type a larger number, or leave it empty for none."
NO_COLUMN = "This table has no such column: reload the page."


def parse_cells(
    row_class: type[Row], said: Mapping[str, str], *, name: str, unit: str = ""
) -> dict[str, Any]:
    """Read cells by the columns of a file's row; `name` is the column called “name” on screen.

    Numbers may have a decimal comma and their unit, as everywhere on screen. Raises
    `CommandRejected` beside the cell that cannot be read.
    """
    known = {column.name: column for column in columns(row_class)}
    values: dict[str, Any] = {}
    for field, text in said.items():
        if not isinstance(text, str) or (field != "name" and field not in known):
            raise CommandRejected(field, NO_COLUMN)
        if field == "name":
            values[field] = checked_name(text, name)
        else:
            values[field] = _typed(known[field], text, unit)
    return values


def read_cells(
    readers: Mapping[str, Callable[[Any], Any]], said: Mapping[str, Any]
) -> dict[str, Any]:
    """Read cells, each by its own reader, in the order of the readers.

    Raises `CommandRejected` beside the cell that cannot be read.
    """
    for field in said.keys() - readers.keys():
        raise CommandRejected(field, NO_COLUMN)
    return {field: read(said[field]) for field, read in readers.items() if field in said}


def check_row(row: Row) -> None:
    """Raise `CommandRejected` where a row says what no file may say."""
    for unfit in row.problems():
        raise CommandRejected("", _sentence(unfit))


def _typed(column: Column, text: str, unit: str) -> Any:
    if column.kind is float:
        return _typed_float(column, text, unit) if text.strip() else None
    try:
        return parser(column)(text)
    except ParseError as unfit:
        raise CommandRejected(column.name, _sentence(unfit)) from unfit


def _typed_float(column: Column, text: str, unit: str) -> float:
    value = typed_number(text, unit=unit, field=column.name)
    if column.declared.above_zero and value <= 0:
        name = column.name.replace("_", " ").capitalize()
        raise CommandRejected(column.name, NOT_ABOVE_ZERO.format(name=name))
    return value


def _sentence(unfit: ParseError) -> str:
    said = f"{unfit.what}: {unfit.remedy}."
    return said if said.startswith("“") else f"This {said}"

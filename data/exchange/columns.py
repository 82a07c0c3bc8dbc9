"""The columns of a file, as the fields of its row class tell them."""

from collections.abc import Hashable
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any, cast, get_args, get_origin, get_type_hints

from data.exchange.limits import LONGEST_NAME, LONGEST_TEXT
from data.exchange.rows import Row

Kind = type[str | float | int | date | datetime | tuple[str, ...]]

NAMES = {"team", "person", "cycle", "kpi", "objective", "key_result", "step"}
ABOVE_ZERO = {"share", "weight", "smallest_change"}
LONG_TEXTS = {"note", "text", "reason", "description", "driven_by"}


@dataclass(frozen=True)
class Column:
    """A column: the kind of its values, and what stands for a blank cell.

    `needed`: the heading must be there. `default` is None where a blank cell is a problem,
    unless `nullable`.
    """

    name: str
    kind: Kind
    needed: bool
    nullable: bool
    default: Any

    @property
    def longest(self) -> int:
        """How many characters its text may have; for a list, each of its names."""
        return LONGEST_TEXT if self.name in LONG_TEXTS else LONGEST_NAME


def columns(row_class: type[Row]) -> tuple[Column, ...]:
    """Return the columns of a row class in their order."""
    # Typing takes the class for one of its rows, and would not have it as a key.
    return _columns(cast(Hashable, row_class))


@cache
def _columns(row_class: Any) -> tuple[Column, ...]:
    hints = get_type_hints(row_class)
    return tuple(
        _column(field.name, hints[field.name], field.default)
        for field in fields(row_class)
        if field.name != "line"
    )


def _column(name: str, hint: Any, default: Any) -> Column:
    needed = default is MISSING
    if get_origin(hint) is tuple:
        return Column(name, tuple, needed, False, default)
    options = get_args(hint) or (hint,)
    kind = next(option for option in options if option is not NoneType)
    return Column(name, kind, needed, NoneType in options, None if needed else default)

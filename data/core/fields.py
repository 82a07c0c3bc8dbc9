"""The fields of a row: the columns of its file, as its class tells them.

A field without a default is a column that must be there.
"""

from collections.abc import Hashable, Iterator
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any, ClassVar, cast, get_args, get_origin, get_type_hints

from data.core.limits import LONGEST_NAME, LONGEST_TEXT
from data.core.problems import Unfit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: the line it stands on in its file, 0 where it comes from elsewhere.

    The line does not count when rows are compared.
    """

    KEY: ClassVar[tuple[str, ...]] = ()
    """The columns that tell its rows apart; none where rows may repeat."""

    line: int = field(default=0, compare=False)

    def problems(self) -> Iterator[Unfit]:
        """Say what is wrong with it though every cell by itself is right."""
        yield from ()


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

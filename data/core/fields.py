"""What is declared of the fields of a thing, in one place for files, tables, import and history.

A row class is the declaration: its fields in the order of the columns of their file, each with
its type, what stands for a blank cell, and a `Field`. One without a default is a column that must
be there.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import KW_ONLY, MISSING, dataclass, field, fields
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Annotated, Any, ClassVar, cast, get_args, get_origin, get_type_hints

from data.core.as_of import table_of
from data.core.limits import LONGEST_NAME, LONGEST_TEXT
from data.core.problems import ParseError
from models import Base

Kind = type[str | float | int | date | datetime | tuple[str, ...]]
Table = type[Base]


@dataclass(frozen=True, slots=True)
class Field:
    """What is declared of a field beside its name, type and default.

    `help` says what it means, in the words of who fills it in; `takes` what may stand in its
    cells where its type does not tell, and `parse` reads them then. `label` is its heading on
    screen, `told` what the history calls it.

    It is kept in the table `kept_in`, that of its row where none is given, as `column`. It
    `names` a thing of that kind. `measured` is a number in the unit of the thing, `own_words`
    what people wrote, `long` a text rather than a name.
    """

    help: str
    _: KW_ONLY
    kept_in: Table | None = None
    column: str = ""
    names: str = ""
    label: str = ""
    told: str = ""
    takes: str = ""
    parse: Callable[[str], Any] | None = None
    above_zero: bool = False
    measured: bool = False
    own_words: bool = False
    long: bool = False


NOTE = Field("Whatever belongs to the value.", label="Comment", own_words=True, long=True)
RECORDED_AT = Field(
    "When it was recorded. A later one corrects an earlier row for the same period."
)
RECORDED_BY = Field(
    "Who recorded it, as they are called in people.", column="recorded_by_id", names="person"
)
UNIT = Field("What its values are counted in, for example % or days.")


def owner_in(terms: Table) -> Field:
    """Declare the owner that terms name."""
    return Field(
        "Who looks after it, as they are called in people.",
        kept_in=terms,
        column="owner_id",
        names="person",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: the line it stands on in its file, 0 where it comes from elsewhere.

    The line does not count when rows are compared.
    """

    TABLE: ClassVar[Table]
    """The table of what it is a row of."""

    KEY: ClassVar[tuple[str, ...]] = ()
    """The columns that tell its rows apart; none where rows may repeat."""

    FOUND_BY: ClassVar[tuple[str, ...]] = ()
    """The columns by which a row that may repeat is found again."""

    PARTS: ClassVar[Mapping[str, Table]] = {}
    """The cells that list its parts, which have a file of their own, and the parts' tables."""

    line: int = field(default=0, compare=False)

    def problems(self) -> Iterator[ParseError]:
        """Say what is wrong with it though every cell by itself is right."""
        yield from ()


@dataclass(frozen=True)
class Column:
    """A column: the kind of its values, and what stands for a blank cell.

    `needed`: the heading must be there. `default` is None where a blank cell is a problem,
    unless `nullable`. It is kept as `stored` in the table `table`.
    """

    name: str
    kind: Kind
    needed: bool
    nullable: bool
    default: Any
    declared: Field
    table: Table

    @property
    def stored(self) -> str:
        """What it is called in its table."""
        return self.declared.column or self.name

    @property
    def is_name(self) -> bool:
        """Whether each row must name something in it."""
        return self.needed and bool(self.declared.names)

    @property
    def is_link(self) -> bool:
        """Whether its table keeps the key of what it names."""
        return self.stored.endswith("_id") or self.kind is tuple

    @property
    def label(self) -> str:
        """Its heading on screen."""
        return self.declared.label or self.name.replace("_", " ").capitalize()

    @property
    def told(self) -> str:
        """What the history calls it."""
        return self.declared.told or (self.name if self.is_link else self.stored).replace("_", " ")

    @property
    def is_quoted(self) -> bool:
        """Whether its values are people's own words."""
        return self.declared.own_words or self.stored == "name"

    @property
    def longest(self) -> int:
        """How many characters its text may have; for a list, each of its names."""
        return LONGEST_TEXT if self.declared.long else LONGEST_NAME


def columns(row_class: type[Row]) -> tuple[Column, ...]:
    """Return the columns of a row class in their order."""
    # Typing takes the class for one of its rows, and would not have it as a key.
    return _columns(cast(Hashable, row_class))


def name_of(table: Table) -> str:
    """Return what a table is called in the database."""
    return table_of(table).name


def stored_in(row_class: type[Row], table: Table) -> tuple[str, ...]:
    """Return what a table keeps of a row class, as it is called there."""
    known = table_of(table).c
    found = (column.stored for column in columns(row_class) if column.table is table)
    return tuple(name for name in found if name in known)


def plain_values(row: Row, table: Table) -> dict[str, Any]:
    """Give what a table keeps of a row, as it is called there; links to others are not among it."""
    names, stored = _plain(cast(Hashable, type(row)), table)
    return {there: getattr(row, name) for name, there in zip(names, stored, strict=True)}


def plain_cells(row_class: type[Row], table: Table, kept: Any) -> dict[str, Any]:
    """Give the cells of a row class that a row of one of its tables holds, but for the links."""
    names, stored = _plain(cast(Hashable, row_class), table)
    return {name: getattr(kept, there) for name, there in zip(names, stored, strict=True)}


@cache
def _plain(row_class: Any, table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name what a table keeps of a row class that is no link: in files, and in the table."""
    here = stored_in(row_class, table)
    found = [
        (column.name, column.stored)
        for column in columns(row_class)
        if column.table is table and column.stored in here and not column.is_link
    ]
    names, stored = zip(*found, strict=True)
    return names, stored


@cache
def _columns(row_class: Any) -> tuple[Column, ...]:
    hints = get_type_hints(row_class, include_extras=True)
    return tuple(
        _column(row_class, each.name, hints[each.name], each.default)
        for each in fields(row_class)
        if each.name != "line"
    )


def _column(row_class: type[Row], name: str, annotated: Any, default: Any) -> Column:
    assert get_origin(annotated) is Annotated, f"{row_class.__name__}.{name} declares nothing"
    hint, declared = get_args(annotated)
    table = declared.kept_in or row_class.TABLE
    needed = default is MISSING
    if get_origin(hint) is tuple:
        return Column(name, tuple, needed, False, default, declared, table)
    options = get_args(hint) or (hint,)
    kind = next(option for option in options if option is not NoneType)
    nullable = NoneType in options
    return Column(name, kind, needed, nullable, None if needed else default, declared, table)

"""Names in a file that nothing has: counted while it is read, long before any is looked up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from data.core.fields import columns, name_of
from data.core.formula_guard import unguard
from data.core.look_alikes import look
from data.exchange.tables import FILES, Tables
from data.names.scopes import TEAM_SIGN

Looks = Mapping[str, AbstractSet[str]]
"""What the things of each kind are called, by how these names look."""

_FILE_OF = {name_of(row.TABLE): name for name, row in reversed(FILES.items())}
_ORDER = list(FILES)


@dataclass(slots=True)
class UnknownNames:
    """The names in a file that nothing has, neither here nor in the files before it.

    Only what things of those files are called is looked at, and not whose they are: of a name
    that is counted it is certain that nobody knows it. `here` is asked when it is needed.
    """

    kinds: Mapping[int, str]
    earlier: Tables
    here: Callable[[], Looks]
    _known: dict[str, set[str]] = field(default_factory=dict)
    _checked: dict[int, set[str]] = field(default_factory=dict)
    _found: set[tuple[str, str]] = field(default_factory=set)

    def count(self, lines: Sequence[Sequence[str]]) -> int:
        """Count them, also those in the lines that were given before."""
        for at, kind in self.kinds.items():
            checked = self._checked.setdefault(at, {""})
            cells = {cells[at] for cells in lines if at < len(cells)} - checked
            checked |= cells
            names = {look(unguard(cell.strip())) for cell in cells}
            strange = names - self._of_kind(kind) - {""}
            self._found |= {(kind, name) for name in strange if TEAM_SIGN not in name}
        return len(self._found)

    def _of_kind(self, kind: str) -> AbstractSet[str]:
        if kind not in self._known:
            rows: Iterable[object] = getattr(self.earlier, _FILE_OF[kind])
            self._known[kind] = {*self.here()[kind], *(look(getattr(row, kind)) for row in rows)}
        return self._known[kind]


def naming_columns(file: str, headings: Sequence[str]) -> dict[int, str]:
    """Give where a file names one thing of a file before it, and the kind of that thing.

    It is what each row must name, and teams: these are always looked up, others may not be, as
    who recorded what stands already.
    """
    before = _ORDER[: _ORDER.index(file)]
    return {
        headings.index(column.name): column.declared.names
        for column in columns(FILES[file])
        if column.name in headings
        and column.kind is str
        and (column.is_name or column.declared.names == "team")
        and _FILE_OF.get(column.declared.names) in before
    }

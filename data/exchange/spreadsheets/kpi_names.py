"""One name a thing: names that look alike are one, spelled as the company has it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from data.core.cell_values import fit
from data.core.limits import LONGEST_NAME
from data.core.look_alikes import look, seen
from data.exchange.spreadsheets.interview import ONE, TWO, Interview
from data.exchange.spreadsheets.mapping import Question, QuestionKind


@dataclass
class Names:
    """The names of one kind of thing, by how they are compared."""

    spelled: dict[str, str] = field(default_factory=dict)
    look_alikes: dict[str, str] = field(default_factory=dict)
    """Names as they stood there, that were taken for another spelling."""
    _in_small: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in self.spelled:
            self._in_small.setdefault(key.casefold(), key)

    @classmethod
    def of(cls, known: Iterable[str]) -> "Names":
        """Return the names that the company has."""
        return cls({look(name): name for name in known})

    def name(self, written: str, sheet: str, interview: Interview | None = None) -> str:
        """Give a name as it is kept; ParseError where none can be.

        One that differs in capitals alone is asked about where somebody is there to ask.
        """
        key = look(written)
        other = None if key in self.spelled else self._in_small.get(key.casefold())
        if other and (interview is None or _is_one(written, other, sheet, interview)):
            key = look(other)
        shown = seen(written)
        kept = self.spelled.setdefault(key, shown)
        self._in_small.setdefault(key.casefold(), key)
        if written.strip() not in (kept, shown) or (shown != kept):
            self.look_alikes[written] = kept
        return fit(kept, LONGEST_NAME)


def _is_one(written: str, other: str, sheet: str, interview: Interview) -> bool:
    readings = ((ONE, other), (TWO, f"{other}, {look(written)}"))
    name = look(written)
    return (
        interview.ask(Question(QuestionKind.SAME_NAME, sheet, name, written, readings, ONE)) == ONE
    )

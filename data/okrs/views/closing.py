"""The end of a cycle: what was reached, what was learned, and what goes on."""

from dataclasses import dataclass

from data.company.views import CycleView
from data.okrs.views.drafts import OkrKeyResult, OkrObjective
from models import NextStep


@dataclass(frozen=True, slots=True)
class ClosingKeyResult:
    """A key result at its end: its computed score, and what people made of it.

    `computed` is None where nothing says how far it is; `score` is None where that counts. `range`
    is the one proposed from its data should it graduate, `range_reason` why it is that or none.
    """

    row: OkrKeyResult
    computed: float | None
    score: float | None
    reason: str
    next_step: NextStep | None
    range: tuple[float | None, float | None]
    range_reason: str


@dataclass(frozen=True, slots=True)
class ClosingObjective:
    """An objective at its end; `score` is None where it has no key result."""

    row: OkrObjective
    score: float | None
    key_results: tuple[ClosingKeyResult, ...]
    helped: str
    hindered: str


@dataclass(frozen=True, slots=True)
class Closing:
    """A team's cycle at its end; `next_cycle` is the one after it, None where there is none yet."""

    version: int
    cycle: CycleView | None
    objectives: tuple[ClosingObjective, ...]
    next_cycle: CycleView | None


@dataclass(frozen=True, slots=True)
class KeyResultReview:
    """What somebody makes of a key result; without a `score` the computed one counts."""

    key_result_id: int
    score: float | None = None
    reason: str = ""
    next_step: NextStep | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveReview:
    """What somebody makes of an objective at its end, and whether they close it with that."""

    objective_id: int
    key_results: tuple[KeyResultReview, ...]
    helped: str = ""
    hindered: str = ""
    closes: bool = False

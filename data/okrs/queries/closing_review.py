"""A team's cycle at its end: its objectives with their scores, and what was made of them.

Three statements besides those of the table: what was said of key results, what was learned, and
the check-ins from which a range is proposed for what may graduate.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, select

from analytics.periods import ordinal
from analytics.range_proposal import propose_range
from data.company.queries import Company, company, seen_from
from data.company.views import CycleView
from data.core.as_of import any_of, live, table
from data.core.database import snapshot
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.queries.objectives import CHECK_INS, grouped_by, last_of_each_day
from data.okrs.views.closing import Closing, ClosingKeyResult, ClosingObjective
from data.okrs.views.drafts import OkrKeyResult, OkrObjective
from models import KeyResultKind, NextStep, ObjectiveState

_score, _learning = table("key_result_score"), table("learning")

SCORES = select(
    *(_score.c[name] for name in ("key_result_id", "score", "reason", "next_step"))
).where(_score.c.key_result_id.in_(any_of("key_results")), live(_score))
LEARNINGS = select(*(_learning.c[name] for name in ("objective_id", "helped", "hindered"))).where(
    _learning.c.objective_id.in_(any_of("objectives")), live(_learning)
)


def closing_review(engine: Engine, version: int, look: OkrLook) -> Closing:
    """Give a team's cycle as it may be closed, those of its objectives that are over too."""
    view = okrs(engine, version, look)
    here = company(engine, version)
    rows = [row for row in view.objectives if row.state is not ObjectiveState.DRAFT]
    key_results = [each for row in rows for each in row.key_results]
    at: dict[str, Any] = {"day": look.day, "moment": here.end_of(look.day)}
    asked = {"key_results": [each.id for each in key_results], **at}
    with snapshot(engine) as connection:
        scores = {row.key_result_id: row for row in connection.execute(SCORES, asked)}
        learned = {"objectives": [row.id for row in rows], **at}
        learnings = {row.objective_id: row for row in connection.execute(LEARNINGS, learned)}
        said = grouped_by("key_result_id", connection.execute(CHECK_INS, asked))
    return Closing(
        version=view.version,
        cycle=view.cycle,
        objectives=tuple(_objective(row, scores, learnings.get(row.id), said) for row in rows),
        next_cycle=_next(here, view.cycle, look),
    )


def _next(here: Company, cycle: CycleView | None, look: OkrLook) -> CycleView | None:
    """Give the cycle that follows: the first to begin, then the shortest."""
    if cycle is None:
        return None
    later = [row for row in here.cycles if row.starts_on > cycle.ends_on]
    found = min(later, key=lambda row: (row.starts_on, row.ends_on), default=None)
    return None if found is None else seen_from(found, look.day)


def _objective(
    row: OkrObjective,
    scores: Mapping[int, Any],
    learning: Any,
    said: Mapping[int, Sequence[Any]],
) -> ClosingObjective:
    return ClosingObjective(
        row=row,
        score=row.score,
        key_results=tuple(
            _key_result(each, scores.get(each.id), said.get(each.id, ()))
            for each in row.key_results
        ),
        helped=learning.helped if learning else "",
        hindered=learning.hindered if learning else "",
    )


def _key_result(row: OkrKeyResult, made: Any, said: Sequence[Any]) -> ClosingKeyResult:
    computed = None if row.progress is None else min(max(row.progress, 0.0), 1.0)
    low, high, reason = _range(row, said)
    return ClosingKeyResult(
        row=row,
        computed=computed,
        score=made.score if made else None,
        reason=made.reason if made else "",
        next_step=NextStep(made.next_step) if made and made.next_step else None,
        range=(low, high),
        range_reason=reason,
    )


def _range(row: OkrKeyResult, said: Sequence[Any]) -> tuple[float | None, float | None, str]:
    """Propose the range of the KPI that a key result typed by hand may become."""
    values = weekly(said)
    if row.kind is not KeyResultKind.METRIC or row.kpi or not values:
        return None, None, ""
    found = propose_range(list(values.values()), better=better_of(row), unit=row.unit)
    return found.low, found.high, found.reason


def better_of(row: Any) -> str:
    """Tell which way is good for what goes from a start to a target."""
    if row.start is None or row.target is None or row.start == row.target:
        return "within"
    return "higher" if row.target > row.start else "lower"


def weekly(said: Sequence[Any]) -> Mapping[int, float]:
    """Give the last value that stands of each numbered week."""
    return {
        ordinal(each.date, "weekly"): each.value
        for each in last_of_each_day(said)
        if each.value is not None
    }

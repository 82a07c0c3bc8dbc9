"""Which guardrails broke while their objectives were pursued, and since when.

Three statements for any number of objectives, none where none of them is guarded: what guards
them, with what was shown of it; which of its readings were dismissed; and its readings. What is
over is told as it was when it was closed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, Integer, and_, bindparam, func, or_, select

from analytics.guardrail import breaches
from analytics.periods import first_day, ordinal
from analytics.recovery import HOLD_PERIODS
from data.company.queries import company
from data.company.views import CycleView
from data.core.as_of import any_of, begun, in_force, live, table
from data.core.database import snapshot
from data.core.team_versions import KeptViews
from data.kpis.queries.readings import Written, written_since
from data.kpis.signals.dismissals import dismissed_by
from data.kpis.signals.evidence import unpacked
from data.kpis.views.signals import SignalView
from data.okrs.queries.closing import over_since, over_version
from data.okrs.views.key_results import GuardBreach
from models import Cadence, Instant, ObjectiveState

_guardrail, _kpi, _kpi_terms = table("guardrail"), table("kpi"), table("kpi_terms")
_objective, _terms, _signal = table("objective"), table("objective_terms"), table("kpi_signal")
_newest, _earlier = _signal.alias(), _terms.alias()

BEGUN = (
    select(func.min(_earlier.c.valid_from))
    .where(
        _earlier.c.objective_id == _objective.c.id,
        _earlier.c.state != ObjectiveState.DRAFT.value,
        *begun(_earlier.c),
    )
    .correlate(_objective)
    .scalar_subquery()
)
"""The day from which an objective was no draft any more."""
SHOWN = (
    select(_newest.c.known_at)
    .where(
        _newest.c.kpi_id == _guardrail.c.kpi_id,
        _newest.c.known_at <= bindparam("instant", type_=Instant),
        or_(over_version(_terms).is_(None), _newest.c.version <= over_version(_terms)),
    )
    .order_by(_newest.c.known_at.desc())
    .limit(1)
    .correlate(_guardrail, _terms)
    .scalar_subquery()
)
GUARDING = (
    select(
        _guardrail.c.objective_id,
        *(_kpi.c[name] for name in ("name", "cadence", "team_id")),
        _kpi.c.id.label("kpi_id"),
        _kpi_terms.c.low,
        _kpi_terms.c.high,
        BEGUN.label("begun"),
        _signal.c.evidence,
        _signal.c.history,
    )
    .select_from(_guardrail)
    .join(_kpi, _kpi.c.id == _guardrail.c.kpi_id)
    .join(_objective, _objective.c.id == _guardrail.c.objective_id)
    .join(_terms, in_force(_terms, _objective.c.id))
    .outerjoin(_kpi_terms, in_force(_kpi_terms, _kpi.c.id))
    .outerjoin(_signal, and_(_signal.c.kpi_id == _guardrail.c.kpi_id, _signal.c.known_at == SHOWN))
    .where(
        _guardrail.c.objective_id.in_(any_of("objectives")),
        _terms.c.state != ObjectiveState.DRAFT.value,
        live(_guardrail),
        live(_kpi),
    )
    .order_by(_guardrail.c.id)
)
"""What guards objectives, with what was shown of it: now, or when its objective was closed."""


GUARDED = (
    select(
        *(_objective.c[name] for name in ("id", "cycle_id", "team_id")),
        over_since(_terms).label("over_since"),
        over_version(_terms).label("over_version"),
    )
    .select_from(_guardrail)
    .join(_objective, _objective.c.id == _guardrail.c.objective_id)
    .join(_terms, in_force(_terms, _objective.c.id))
    .where(_guardrail.c.kpi_id == bindparam("kpi", type_=Integer), live(_guardrail))
    .where(live(_objective))
)
"""The objectives that a KPI guards."""

Guarded: TypeAlias = Mapping[int, GuardBreach]

_kept: KeptViews[tuple[int, date], Guarded] = KeptViews(32)


class Broken(NamedTuple):
    """The guardrails that broke, by the key of their objective, and the teams they are of."""

    by_objective: Mapping[int, tuple[GuardBreach, ...]]
    team_ids: frozenset[int]


def broken_guardrails(
    connection: Connection,
    objectives: Sequence[Any],
    cycles: Mapping[int, CycleView],
    at: Mapping[str, Any],
) -> Broken:
    """Read which guardrails of objectives broke; `cycles` by key are what they are in.

    Those that are steady again by now are among them, with the period in which they were.
    """
    if not objectives:
        return Broken({}, frozenset())
    of = {row.id: row for row in objectives}
    asked = {"objectives": list(of), "instant": at["moment"], **at}
    guarding = connection.execute(GUARDING, asked).all()
    team_ids = frozenset(row.team_id for row in guarding)
    placed = [(row, _span(row, of[row.objective_id], cycles, at["day"])) for row in guarding]
    pursued = [(row, (begin, end)) for row, (begin, end) in placed if begin <= end]
    if not pursued:
        return Broken({}, team_ids)
    rows, spans = [row for row, _ in pursued], [span for _, span in pursued]
    cadences = {row.kpi_id: row.cadence for row in rows}
    refused = dismissed_by(connection, cadences, at["moment"])
    since = min(begin for begin, _ in spans)
    written = written_since(connection, cadences, since, at["moment"], refused)
    found: dict[int, list[GuardBreach]] = {}
    until = [of[row.objective_id].over_version for row in rows]
    for row, breach in zip(rows, _told(rows, spans, written, until), strict=True):
        if breach is not None:
            found.setdefault(row.objective_id, []).append(breach)
    return Broken({key: tuple(each) for key, each in found.items()}, team_ids)


def broken_where(engine: Engine, version: int, kpi_id: int, day: date) -> Guarded:
    """Give how a KPI fared as a guardrail, by the key of each objective that it guards."""
    asked = kpi_id, day
    return _kept.get(engine, version, asked, lambda: _broken_where(engine, version, kpi_id, day))


def _broken_where(
    engine: Engine, version: int, kpi_id: int, day: date
) -> tuple[Guarded, Collection[int]]:
    here = company(engine, version)
    at: dict[str, Any] = {"day": day, "moment": here.end_of(day)}
    cycles = {row.id: row for row in here.cycles}
    with snapshot(engine) as connection:
        rows = connection.execute(GUARDED, {"kpi": kpi_id, **at}).all()
        found = broken_guardrails(connection, rows, cycles, at)
    mine = {
        key: breach
        for key, each in found.by_objective.items()
        for breach in each
        if breach.kpi_id == kpi_id
    }
    return mine, {*found.team_ids, *(row.team_id for row in rows)}


def _span(
    row: Any, objective: Any, cycles: Mapping[int, CycleView], day: date
) -> tuple[date, date]:
    """Give the first and the last day on which an objective was pursued in its cycle."""
    cycle = cycles[objective.cycle_id]
    last = min(day, cycle.ends_on, objective.over_since or day)
    return max(cycle.starts_on, row.begun), last


def _told(
    rows: Sequence[Any],
    spans: Sequence[tuple[date, date]],
    written: Written,
    until: Sequence[int | None],
) -> list[GuardBreach | None]:
    """Tell of each guardrail when it broke, in one pass of arrays."""
    numbers = [
        (ordinal(begin, row.cadence), ordinal(end, row.cadence))
        for row, (begin, end) in zip(rows, spans, strict=True)
    ]
    held = np.array([HOLD_PERIODS[row.cadence] for row in rows], np.int64)
    first, last = np.array(numbers, np.int64).T
    # What stood before the span tells whether the KPI was in its range when that began.
    origin = first - 1
    width = int((last - origin).max()) + 1
    told = [row for row in rows if row.evidence is not None]
    each = iter(unpacked([row.evidence for row in told], [row.history for row in told]))
    shown = [None if row.evidence is None else next(each) for row in rows]
    found = breaches(
        _values(rows, written, until, origin, width),
        np.array([row.low for row in rows], np.float64),
        np.array([row.high for row in rows], np.float64),
        _signals(rows, shown, origin, width),
        (first - origin, last - origin),
        held,
    )
    return [
        None
        if begin < 0
        else GuardBreach(
            kpi_id=row.kpi_id,
            kpi=row.name,
            cadence=Cadence(row.cadence),
            on=_since(
                shown[at], first_day(start + begin, row.cadence), stands=drifted and mended < 0
            ),
            drifted=drifted,
            mended_on=None if mended < 0 else first_day(start + mended, row.cadence),
        )
        for at, (row, start, begin, mended, drifted) in enumerate(
            zip(rows, origin.tolist(), *(each.tolist() for each in found), strict=True)
        )
    ]


def _since(shown: SignalView | None, told_on: date, *, stands: bool) -> date:
    """Give since when a guardrail is broken: of a drift that stands, since its onset."""
    onset = shown.onset if shown and stands else None
    return told_on if onset is None else min(onset, told_on)


def _values(
    rows: Sequence[Any],
    written: Written,
    until: Sequence[int | None],
    origin: NDArray[np.int64],
    width: int,
) -> NDArray[np.float64]:
    """Give the readings that count of what guards, the first column that of its origin.

    Of what was read before, the last stands there: it tells where the KPI came from. What was
    written after the version `until` does not count.
    """
    values = np.full((len(rows), width), np.nan)
    counts = written.value.copy()
    for kpi, number in written.refused.tolist():
        counts[(written.row == kpi) & (written.number == number)] = np.nan
    for at, row in enumerate(rows):
        mine = written.row == written.rows[row.kpi_id]
        if (version := until[at]) is not None:
            mine &= written.version <= version
        column = np.maximum(written.number[mine] - origin[at], 0)
        known = column < width
        # Corrections come after what they correct, so the last one written is the one that counts.
        values[at, column[known]] = counts[mine][known]
    return values


def _signals(
    rows: Sequence[Any],
    shown: Sequence[SignalView | None],
    origin: NDArray[np.int64],
    width: int,
) -> NDArray[np.str_]:
    """Give the letters of the signals shown of what guards, blank where nothing is known."""
    lines = []
    for row, signal, start in zip(rows, shown, origin.tolist(), strict=True):
        if signal is None:
            lines.append(" " * width)
            continue
        known = signal.history
        # The place of the first column among the letters, of which the last is the newest.
        begin = len(known) - 1 - (ordinal(signal.period, row.cadence) - start)
        line = " " * -begin + known[max(begin, 0) :]
        lines.append(line[:width].ljust(width, known[-1:] or " "))
    return np.array([list(line) for line in lines])

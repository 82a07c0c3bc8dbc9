"""The objectives of a team in a cycle, and the rows that hang on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Result, and_, select

from data.company.views import CycleView
from data.core.as_of import DAY, MOMENT, any_of, in_force, live, oldest_first, table
from data.core.rows import named
from data.okrs.queries.closing import over_since, over_version
from data.okrs.queries.feeds import Placed, placed
from data.okrs.queries.guardrails import broken_guardrails
from data.okrs.queries.holds import Hold, holds_of
from data.okrs.queries.targets import TARGETS
from data.okrs.views.key_results import GuardBreach
from models import ObjectiveState, Scope

_objective, _objective_terms = table("objective"), table("objective_terms")
_key_result, _key_result_terms = table("key_result"), table("key_result_terms")
_score = table("key_result_score")
_team, _owner, _kpi = table("team"), table("person"), table("kpi")
_check_in, _milestone, _guardrail = table("check_in"), table("milestone"), table("guardrail")

OBJECTIVES = (
    select(
        *(_objective.c[name] for name in ("id", "name", "team_id", "cycle_id", "scope")),
        _objective.c.origin_kpi_id,
        _team.c.name.label("team"),
        _owner.c.name.label("owner"),
        _objective_terms.c.state,
        _objective_terms.c.ambition,
        over_since(_objective_terms).label("over_since"),
        over_version(_objective_terms).label("over_version"),
    )
    .select_from(_objective)
    .join(_objective_terms, in_force(_objective_terms, _objective.c.id))
    .join(_team, _team.c.id == _objective.c.team_id)
    .outerjoin(_owner, _owner.c.id == _objective_terms.c.owner_id)
    .where(_objective.c.cycle_id.in_(any_of("cycles")), live(_objective))
    .order_by(_objective.c.position, _objective.c.id)
)
OBJECTIVES_OF_TEAMS = OBJECTIVES.where(_objective.c.team_id.in_(any_of("teams")))
KEY_RESULTS = (
    select(
        *(_key_result.c[name] for name in ("id", "objective_id", "name", "kind", "unit", "kpi_id")),
        *(_key_result_terms.c[name] for name in ("start", "target", "weight", "hold_periods")),
        *TARGETS,
        _kpi.c.name.label("fed_by"),
        _kpi.c.cadence,
        _owner.c.name.label("owner"),
        _score.c.score.label("given_score"),
    )
    .select_from(_key_result)
    .join(_key_result_terms, in_force(_key_result_terms, _key_result.c.id))
    .outerjoin(_owner, _owner.c.id == _key_result_terms.c.owner_id)
    .outerjoin(_kpi, _kpi.c.id == _key_result.c.kpi_id)
    .outerjoin(_score, and_(_score.c.key_result_id == _key_result.c.id, live(_score)))
    .where(_key_result.c.objective_id.in_(any_of("objectives")), live(_key_result))
    .order_by(_key_result.c.position, _key_result.c.id)
)
CHECK_INS = (
    select(
        *(_check_in.c[name] for name in ("key_result_id", "date", "value", "confidence")),
        *(_check_in.c[name] for name in ("note", "blocked_by", "withdrawn")),
    )
    .where(
        _check_in.c.key_result_id.in_(any_of("key_results")),
        _check_in.c.known_at <= MOMENT,
        _check_in.c.date <= DAY,
    )
    .order_by(_check_in.c.key_result_id, _check_in.c.date, *oldest_first(_check_in.c))
)
MILESTONES = (
    select(*(_milestone.c[name] for name in ("id", "key_result_id", "step", "share", "done_on")))
    .where(_milestone.c.key_result_id.in_(any_of("key_results")), live(_milestone))
    .order_by(_milestone.c.position, _milestone.c.id)
)
GUARDRAILS = (
    select(_guardrail.c.objective_id, _guardrail.c.kpi_id, _kpi.c.name)
    .join(_kpi, _kpi.c.id == _guardrail.c.kpi_id)
    .where(_guardrail.c.objective_id.in_(any_of("objectives")), live(_guardrail), live(_kpi))
    .order_by(_guardrail.c.id)
)


@dataclass(frozen=True, slots=True)
class ObjectiveRows:
    """The rows behind a cockpit's objectives, how many more there are, and how many drafts."""

    objectives: Sequence[Any]
    key_results: Mapping[int, Sequence[Any]]
    check_ins: Mapping[int, Sequence[Any]]
    milestones: Mapping[int, Sequence[Any]]
    guardrails: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    more: int = 0
    drafts: int = 0
    holds: Mapping[int, Hold] = field(default_factory=dict)
    breaches: Mapping[int, Sequence[GuardBreach]] = field(default_factory=dict)

    def kpi_ids(self) -> list[int]:
        """Give the keys of the KPIs that feed a key result or guard an objective."""
        feeding = {row.kpi_id for rows in self.key_results.values() for row in rows if row.kpi_id}
        guarding = {row.kpi_id for rows in self.guardrails.values() for row in rows}
        return sorted(feeding | guarding)

    def placed(self, cycle: CycleView, day: date) -> list[Placed]:
        """Give the key results with what they belong to, as they are seen on a day."""
        return [
            placed(row, objective, cycle, day)
            for objective in self.objectives
            for row in self.key_results.get(objective.id, ())
        ]


def objective_rows(
    connection: Connection,
    *,
    cycle: CycleView | None,
    team_id: int,
    teams: Sequence[int],
    all_objectives: bool,
    focus: tuple[str, int] | None,
    day: date,
    moment: datetime,
) -> ObjectiveRows:
    """Read the objectives of a cockpit and what hangs on them: five statements.

    Two more where a KPI is held, three where one guards.
    """
    at = {"day": day, "moment": moment}
    cycles = {} if cycle is None else {cycle.id: cycle}
    here = {"cycles": list(cycles), "teams": teams}
    rows = named(connection.execute(OBJECTIVES_OF_TEAMS, {**here, **at}))
    found = [row for row in rows if row.state != ObjectiveState.DRAFT]
    key_results = grouped_by(
        "objective_id",
        connection.execute(KEY_RESULTS, {"objectives": [row.id for row in found], **at}),
    )
    shown = found if all_objectives else _first(found, key_results, team_id, focus)
    guarding = connection.execute(GUARDRAILS, {"objectives": [row.id for row in shown], **at})
    guardrails = grouped_by("objective_id", guarding)
    guarded = [row for row in shown if row.id in guardrails]
    return replace(
        _with_what_was_said(connection, shown, key_results, at),
        guardrails=guardrails,
        breaches=broken_guardrails(connection, guarded, cycles, at).by_objective,
        more=len(found) - len(shown),
        drafts=len(rows) - len(found),
    )


def rows_of(connection: Connection, shown: Sequence[Any], at: Mapping[str, Any]) -> ObjectiveRows:
    """Read what hangs on objectives but their guardrails: three statements.

    Two more where a KPI is held.
    """
    keys = {"objectives": [row.id for row in shown], **at}
    key_results = grouped_by("objective_id", connection.execute(KEY_RESULTS, keys))
    return _with_what_was_said(connection, shown, key_results, at)


def _with_what_was_said(
    connection: Connection,
    shown: Sequence[Any],
    key_results: Mapping[int, Sequence[Any]],
    at: Mapping[str, Any],
) -> ObjectiveRows:
    of = {row.id: key_results.get(row.id, []) for row in shown}
    below = [row for rows in of.values() for row in rows]
    keys = {"key_results": [row.id for row in below], **at}
    return ObjectiveRows(
        objectives=shown,
        key_results=of,
        check_ins=grouped_by("key_result_id", connection.execute(CHECK_INS, keys)),
        milestones=grouped_by("key_result_id", connection.execute(MILESTONES, keys)),
        holds=holds_of(connection, below, at),
    )


def last_of_each_day(check_ins: Iterable[Any]) -> list[Any]:
    """Give the check-ins of a key result that stand, oldest first."""
    by_day = {each.date: each for each in check_ins}
    return [each for each in by_day.values() if not each.withdrawn]


def grouped_by(owner: str, found: Result[Any]) -> dict[int, list[Any]]:
    """Give rows by the key of what they hang on, in their order."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in named(found):
        grouped[getattr(row, owner)].append(row)
    return grouped


def _first(
    found: Sequence[Any],
    key_results: Mapping[int, Sequence[Any]],
    team_id: int,
    focus: tuple[str, int] | None,
) -> list[Any]:
    """Choose the team's own objectives, those of the teams below where it has none."""
    shared = [row for row in found if row.scope == Scope.TEAM]
    first = [row for row in shared if row.team_id == team_id] or shared or list(found)

    def looked_for(row: Any) -> bool:
        keys = {("objective", row.id)}
        keys |= {("key result", key_result.id) for key_result in key_results.get(row.id, ())}
        return focus in keys

    return [row for row in found if row in first or looked_for(row)]

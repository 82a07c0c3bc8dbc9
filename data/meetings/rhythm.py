"""How the last check-ins of a team went: two statements, whatever there was."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, case, exists, func, literal, select, union_all

from analytics.rhythm import FEWEST, Held, Rhythm, rhythm
from data.core.as_of import DAY, MOMENT, any_of, in_force_on, live, table
from data.meetings.views import PastMeeting
from models import OVER, KeyResultKind, ObjectiveState

PREPARED = timedelta(weeks=1)
"""For so long before a check-in news counts as told for it."""

_key_result, _check_in, _action = table("key_result"), table("check_in"), table("action")
_objective, _terms, _cycle = table("objective"), table("objective_terms"), table("cycle")

ACTIONS = select(
    func.count(_action.c.id), func.count(case((_action.c.done_on <= _action.c.due, _action.c.id)))
).where(
    _action.c.team_id.in_(any_of("teams")),
    _action.c.due < DAY,
    _action.c.known_at <= MOMENT,
    live(_action),
)


def rhythm_of(
    connection: Connection,
    past: Sequence[PastMeeting],
    teams: Sequence[int],
    zone: ZoneInfo,
    at: Mapping[str, Any],
) -> Rhythm | None:
    """Tell how some check-ins went, the latest first; `teams` are the one and all below it.

    Counted are key results whose values people type, under way on the day of the check-in, and
    actions that were due since the first of the check-ins; `at` is a day and its moment.
    """
    if len(past) < FEWEST:
        return None
    asked = {"teams": sorted(teams), **at}
    days = {each.meeting_id: each.started_at.astimezone(zone).date() for each in past}
    counts = union_all(*(_prepared(each, days[each.meeting_id]) for each in past))
    told = {key: (of, updated) for key, of, updated in connection.execute(counts, asked)}
    since = _action.c.due >= min(days.values())
    due, on_time = connection.execute(ACTIONS.where(since), asked).one()
    held = [Held(each.seconds, *told[each.meeting_id]) for each in past]
    return rhythm(held, due=due, on_time=on_time)


def _prepared(each: PastMeeting, day: date) -> Select[int, int, int]:
    """Count the key results of the day of a check-in, and those with news before it began."""
    began: datetime = each.started_at
    has_news = exists().where(
        _check_in.c.key_result_id == _key_result.c.id,
        _check_in.c.known_at > began - PREPARED,
        _check_in.c.known_at <= began,
        _check_in.c.withdrawn.is_(False),
    )
    return (
        select(
            literal(each.meeting_id),
            func.count(_key_result.c.id),
            func.count(case((has_news, _key_result.c.id))),
        )
        .select_from(_key_result)
        .join(_objective, _objective.c.id == _key_result.c.objective_id)
        .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
        .join(_terms, in_force_on(_terms, _objective.c.id, day))
        .where(
            _objective.c.team_id.in_(any_of("teams")),
            _cycle.c.starts_on <= day,
            _cycle.c.ends_on >= day,
            _terms.c.state.not_in([ObjectiveState.DRAFT, *OVER]),
            _key_result.c.kind == KeyResultKind.METRIC,
            _key_result.c.kpi_id.is_(None),
            live(_objective),
            live(_key_result),
        )
    )

"""Actions as they were known at a moment: of KPIs, and of a person; one statement each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Date, Integer, bindparam, func, or_, select

from data.actions.views import AWAITED, ActionView, MyAction
from data.core.as_of import DAY, MOMENT, any_of, live, table

DONE_SHOWN = timedelta(days=7)
"""For how long somebody still sees what they have done, and may add what came of it."""

_action, _person, _team = table("action"), table("person"), table("team")
_kpi, _objective, _key_result = table("kpi"), table("objective"), table("key_result")
_about_team, _cycle = table("team").alias(), table("cycle")
_PERSON: BindParameter[int] = bindparam("person", type_=Integer)
_SINCE: BindParameter[date] = bindparam("since", type_=Date)

VIEW = (
    _action.c.id,
    _action.c.what,
    _person.c.name.label("owner"),
    *(_action.c[name] for name in ("due", "agreed_on", "done_on", "note")),
)
OF_KPIS = (
    select(_action.c.kpi_id, *VIEW)
    .outerjoin(_person, _person.c.id == _action.c.owner_id)
    .where(_action.c.kpi_id.in_(any_of("kpis")), _action.c.known_at <= MOMENT, live(_action))
    .order_by(_action.c.due, _action.c.id)
)
OF_OKRS = (
    select(_action.c.objective_id, _action.c.key_result_id, *VIEW)
    .outerjoin(_person, _person.c.id == _action.c.owner_id)
    .where(
        or_(
            _action.c.objective_id.in_(any_of("objectives")),
            _action.c.key_result_id.in_(any_of("key_results")),
        ),
        or_(_action.c.done_on.is_(None), _action.c.done_on > DAY),
        _action.c.known_at <= MOMENT,
        live(_action),
    )
    .order_by(_action.c.due, _action.c.id)
)
_ABOUT = (
    _action.outerjoin(_kpi, _kpi.c.id == _action.c.kpi_id)
    .outerjoin(_key_result, _key_result.c.id == _action.c.key_result_id)
    .outerjoin(
        _objective,
        _objective.c.id == func.coalesce(_key_result.c.objective_id, _action.c.objective_id),
    )
)
_OPEN_SINCE = (
    or_(_action.c.done_on.is_(None), _action.c.done_on > _SINCE),
    _action.c.known_at <= MOMENT,
    *map(live, (_action, _kpi, _objective, _key_result)),
)
_TOLD = (
    select(
        _team.c.name.label("team"),
        func.coalesce(_key_result.c.name, _objective.c.name, _kpi.c.name, "").label("about"),
        *(_action.c[name] for name in ("kpi_id", "objective_id", "key_result_id")),
        func.coalesce(_about_team.c.name, "").label("about_team"),
        func.coalesce(_cycle.c.name, "").label("cycle"),
        *VIEW,
    )
    .select_from(_ABOUT)
    .outerjoin(_about_team, _about_team.c.id == _objective.c.team_id)
    .outerjoin(_cycle, _cycle.c.id == _objective.c.cycle_id)
    .join(_team, _team.c.id == _action.c.team_id)
    .outerjoin(_person, _person.c.id == _action.c.owner_id)
    .where(*_OPEN_SINCE)
    .order_by(_action.c.due, _action.c.id)
)
OF_PERSON = _TOLD.where(_action.c.owner_id == _PERSON)
OF_TEAMS = _TOLD.where(_action.c.team_id.in_(any_of("teams")))
OWNERS = (
    select(_action.c.owner_id)
    .select_from(_ABOUT)
    .where(
        _action.c.owner_id.is_not(None),
        _action.c.due <= bindparam("until", type_=Date),
        *_OPEN_SINCE,
    )
)


def my_actions(
    connection: Connection, person_id: int, day: date, moment: datetime
) -> tuple[MyAction, ...]:
    """Give the actions of a person that are open or were done lately, those due first first."""
    at = {"person": person_id, "since": day - DONE_SHOWN, "moment": moment}
    return tuple(map(_told, connection.execute(OF_PERSON, at)))


def actions_in(
    connection: Connection, team_ids: Sequence[int], day: date, moment: datetime
) -> tuple[MyAction, ...]:
    """Give the actions of teams that were still open at the end of a day, those due first first."""
    at = {"teams": sorted(team_ids), "since": day, "moment": moment}
    return tuple(map(_told, connection.execute(OF_TEAMS, at)))


def _told(row: Any) -> MyAction:
    return MyAction(ActionView(*row[-len(VIEW) :]), *row[: -len(VIEW)])


def awaited_of(connection: Connection, day: date, moment: datetime) -> list[int]:
    """Give whose the actions are that are awaited on a day, an owner for each of them."""
    at = {"since": day, "until": day + AWAITED, "moment": moment}
    return list(connection.execute(OWNERS, at).scalars())


def actions_of(
    connection: Connection, kpi_ids: Sequence[int], moment: datetime
) -> Mapping[int, list[ActionView]]:
    """Give the actions about KPIs, open or done, those due first before the others."""
    found: dict[int, list[ActionView]] = defaultdict(list)
    for kpi_id, *action in connection.execute(OF_KPIS, {"kpis": kpi_ids, "moment": moment}):
        found[kpi_id].append(ActionView(*action))
    return found


class OkrActions(NamedTuple):
    """The open actions about objectives and about key results, by key."""

    objectives: Mapping[int, list[ActionView]]
    key_results: Mapping[int, list[ActionView]]


def open_actions(
    connection: Connection,
    *,
    objectives: Sequence[int],
    key_results: Sequence[int],
    at: Mapping[str, Any],
) -> OkrActions:
    """Give what was still to be done about objectives and key results, those due first first."""
    found = OkrActions(defaultdict(list), defaultdict(list))
    keys = {"objectives": objectives, "key_results": key_results, **at}
    for objective_id, key_result_id, *action in connection.execute(OF_OKRS, keys):
        of, key = (
            (found.objectives, objective_id)
            if key_result_id is None
            else (found.key_results, key_result_id)
        )
        of[key].append(ActionView(*action))
    return found


def still_open(actions: Iterable[ActionView], day: date) -> tuple[ActionView, ...]:
    """Give those of some actions that were still to be done at the end of a day."""
    return tuple(action for action in actions if action.is_open(day))

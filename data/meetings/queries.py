"""Check-ins as they are: the one under way, the last ones, what was said; three statements each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, or_, select

from data.actions.queries import VIEW as ACTION
from data.actions.views import ActionView
from data.core.as_of import any_of, table, table_of
from data.core.database import version_seen
from data.meetings.views import (
    HERE,
    Agreed,
    Decided,
    ItemView,
    MeetingView,
    Minutes,
    Participant,
    Standing,
)
from models import (
    AgendaReason,
    Confidence,
    DecisionKind,
    Health,
    ItemState,
    KeyResultKind,
    Meeting,
    MeetingItem,
    MeetingParticipant,
    Signal,
)

_meeting, _item = table_of(Meeting), table_of(MeetingItem)
_participant = table_of(MeetingParticipant)
_person, _kpi, _objective = table("person"), table("kpi"), table("objective")
_key_result, _action, _decision = table("key_result"), table("action"), table("decision")

ITEMS = (
    select(
        _item,
        func.coalesce(_action.c.what, _key_result.c.name, _kpi.c.name, "").label("name"),
        func.coalesce(_objective.c.name, "").label("whose"),
        func.coalesce(_key_result.c.unit, _kpi.c.unit, "").label("unit"),
        _key_result.c.kind,
    )
    .outerjoin(_action, _action.c.id == _item.c.action_id)
    .outerjoin(_key_result, _key_result.c.id == _item.c.key_result_id)
    .outerjoin(_kpi, _kpi.c.id == _item.c.kpi_id)
    .outerjoin(
        _objective,
        _objective.c.id == func.coalesce(_key_result.c.objective_id, _item.c.objective_id),
    )
    .where(_item.c.meeting_id.in_(any_of("meetings")), _item.c.withdrawn_at.is_(None))
    .order_by(_item.c.position)
)
PARTICIPANTS = (
    select(_participant, _person.c.name)
    .join(_person, _person.c.id == _participant.c.person_id)
    .where(_participant.c.meeting_id.in_(any_of("meetings")), _person.c.withdrawn_at.is_(None))
    .order_by(_person.c.name)
)
_SAME = ("kpi_id", "key_result_id", "action_id")


def _latest(*where: ColumnElement[bool]) -> Select[Any]:
    query = select(_meeting).where(_meeting.c.withdrawn_at.is_(None), *where)
    return query.order_by(_meeting.c.started_at.desc(), _meeting.c.id.desc()).limit(1)


def _last_change() -> Select[Any]:
    latest = _latest(_meeting.c.team_id == bindparam("team"))
    one = latest.with_only_columns(_meeting.c.id, _meeting.c.version).subquery()
    items = select(func.max(_item.c.version)).where(_item.c.meeting_id == one.c.id)
    of_one = _participant.c.meeting_id == one.c.id
    is_here = _participant.c.seen_at >= bindparam("since", type_=_participant.c.seen_at.type)
    here = select(func.count()).where(of_one, is_here)
    votes = select(func.count(_participant.c.vote)).where(of_one)
    counts = (each.scalar_subquery() for each in (items, here, votes))
    return select(one.c.id, one.c.version, *counts)


_LAST_CHANGE = _last_change()
"""Asked by every screen each second: it is put together once."""


def last_change(connection: Connection, team_id: int, moment: datetime) -> tuple[int, ...]:
    """Give what changes with everything that a screen shows of a team's latest check-in itself."""
    asked = {"team": team_id, "since": moment - HERE}
    found = connection.execute(_LAST_CHANGE, asked).first()
    return () if found is None else tuple(each or 0 for each in found)


def running(connection: Connection, team_id: int) -> MeetingView | None:
    """Give the check-in of a team that is under way."""
    return _read(connection, _meeting.c.team_id == team_id, _meeting.c.ended_at.is_(None))


def last_ended(
    connection: Connection, team_id: int, before: datetime | None = None
) -> MeetingView | None:
    """Give the last check-in of a team that is over, or the last that began before a moment."""
    earlier = [] if before is None else [_meeting.c.started_at < before]
    return _read(
        connection, _meeting.c.team_id == team_id, _meeting.c.ended_at.is_not(None), *earlier
    )


def meeting(connection: Connection, meeting_id: int) -> MeetingView | None:
    """Give a check-in by its key."""
    return _read(connection, _meeting.c.id == meeting_id)


def minutes(
    connection: Connection, found: MeetingView, zone: ZoneInfo, teams: Sequence[int]
) -> Minutes:
    """Give what came of a check-in of a team, with those below it."""
    day = found.started_at.astimezone(zone).date()
    kpis = [item.kpi_id for item in found.items if item.decided is not None]
    wanted = {(item.kpi_id, item.decided, item.decided_on) for item in found.items}
    decisions = [
        each
        for each in _decisions(connection, kpis)
        if (each.kpi_id, each.kind, each.day) in wanted
    ]
    query = (
        select(*(_action.c[name] for name in ("kpi_id", "objective_id", "key_result_id")), *ACTION)
        .outerjoin(_person, _person.c.id == _action.c.owner_id)
        .where(
            _action.c.agreed_on == day,
            _action.c.team_id.in_(any_of("teams")),
            _action.c.known_at >= found.started_at,
            _action.c.withdrawn_at.is_(None),
        )
        .order_by(_action.c.due, _action.c.id)
    )
    rows = connection.execute(query, {"teams": sorted(teams)})
    agreed = tuple(Agreed(ActionView(*row[3:]), *row[:3]) for row in rows)
    return Minutes(found, day, tuple(decisions), agreed)


def _decisions(connection: Connection, kpi_ids: Sequence[int | None]) -> list[Decided]:
    query = (
        select(_decision, _person.c.name.label("who"))
        .outerjoin(_person, _person.c.id == _decision.c.by_id)
        .where(_decision.c.kpi_id.in_(any_of("kpis")), _decision.c.withdrawn_at.is_(None))
        .order_by(_decision.c.known_at, _decision.c.id)
    )
    keys = [key for key in kpi_ids if key is not None]
    latest = {
        (row.kpi_id, row.decision, row.date): Decided(
            row.kpi_id,
            DecisionKind(row.decision),
            row.date,
            row.reason,
            row.who,
            row.look_again,
        )
        for row in connection.execute(query, {"kpis": keys})
    }
    return list(latest.values())


def _read(connection: Connection, *where: ColumnElement[bool]) -> MeetingView | None:
    version = version_seen(connection)
    row = connection.execute(_latest(*where)).first()
    if row is None:
        return None
    keys = {"meetings": [row.id]}
    items = connection.execute(ITEMS, keys).all()
    said = _said_before(connection, row, items)
    people = connection.execute(PARTICIPANTS, keys).all()
    names = {person.person_id: person.name for person in people}
    return MeetingView(
        meeting_id=row.id,
        version=version,
        own_version=max(row.version, *(item.version for item in items)),
        team_id=row.team_id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        driver_id=row.driver_id,
        driver=names.get(row.driver_id) or _name_of(connection, row.driver_id),
        position=row.position,
        shown_at=row.shown_at,
        paused_at=row.paused_at,
        paused_seconds=row.paused_seconds,
        is_voting=row.is_voting,
        items=tuple(_item_view(item, said) for item in items),
        participants=tuple(
            Participant(each.person_id, each.name, each.seen_at, each.vote is not None)
            for each in people
        ),
    )


def _name_of(connection: Connection, person_id: int | None) -> str:
    name = connection.execute(select(_person.c.name).where(_person.c.id == person_id)).scalar()
    return name or ""


def _said_before(
    connection: Connection, row: Any, items: Sequence[Any]
) -> Mapping[tuple[str, int], str]:
    """Give what was last said at earlier check-ins of what some items are about."""
    keys: dict[str, list[int]] = defaultdict(list)
    for item in items:
        for name in _SAME:
            if getattr(item, name) is not None:
                keys[name].append(getattr(item, name))
    query = (
        select(*(_item.c[name] for name in _SAME), _item.c.said)
        .join(_meeting, _meeting.c.id == _item.c.meeting_id)
        .where(
            or_(*(_item.c[name].in_(any_of(name)) for name in _SAME)),
            _item.c.said != "",
            _item.c.withdrawn_at.is_(None),
            _meeting.c.withdrawn_at.is_(None),
            _meeting.c.team_id == row.team_id,
            _meeting.c.started_at < row.started_at,
        )
        .order_by(_meeting.c.started_at)
    )
    found = connection.execute(query, {name: keys[name] for name in _SAME})
    return {
        (name, getattr(each, name)): each.said
        for each in found
        for name in _SAME
        if getattr(each, name) is not None
    }


def _item_view(row: Any, said: Mapping[tuple[str, int], str]) -> ItemView:
    last = next((said[key] for name in _SAME if (key := (name, getattr(row, name))) in said), "")
    return ItemView(
        item_id=row.id,
        position=row.position,
        reason=AgendaReason(row.reason),
        state=ItemState(row.state),
        name=row.name,
        whose=row.whose,
        unit=row.unit,
        is_share=row.kind == KeyResultKind.MILESTONE,
        kpi_id=row.kpi_id,
        objective_id=row.objective_id,
        key_result_id=row.key_result_id,
        action_id=row.action_id,
        said=row.said,
        last_said=last,
        seconds=row.seconds,
        before=_standing(row, "before"),
        after=_standing(row, "after"),
        decided=None if row.decided is None else DecisionKind(row.decided),
        decided_on=row.decided_on,
        votes={
            word: getattr(row, word.value)
            for word in Confidence
            if getattr(row, word.value) is not None
        },
    )


def _standing(row: Any, when: str) -> Standing:
    health, signal = getattr(row, f"health_{when}"), getattr(row, f"signal_{when}")
    confidence = getattr(row, f"confidence_{when}")
    return Standing(
        value=getattr(row, f"value_{when}"),
        health=health and Health(health),
        signal=signal and Signal(signal),
        confidence=confidence and Confidence(confidence),
        chance=getattr(row, f"chance_{when}"),
    )

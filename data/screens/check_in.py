"""A team's check-in: its cockpit now and at the last one, and what follows from the two.

Beside two cockpits, which are kept: one statement for the actions, three for the check-ins of the
team, six for each that is read, one for the key result that is shown, or two for how the last ones
went. None grows with what is stored.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from analytics import agenda as rules
from analytics.agenda import (
    AgendaItem,
    Changes,
    KeyResultChange,
    KeyResultState,
    KpiChange,
    KpiState,
    OpenAction,
    Parked,
)
from data.actions.queries import actions_in
from data.actions.views import MyAction
from data.company.queries import company
from data.company.views import TeamView
from data.core.database import snapshot
from data.kpis.views.gauges import Gauge
from data.meetings.past import past
from data.meetings.queries import last_ended, meeting, minutes, running
from data.meetings.rhythm import rhythm_of
from data.meetings.views import NOWHERE, MeetingView, PlannedItem, Standing
from data.okrs.queries.opening_cycle import cycle_to_open
from data.okrs.queries.way_so_far import way_so_far
from data.okrs.views.key_results import KeyResultView, ObjectiveView
from data.screens.cockpit import Look, cockpit
from data.screens.decision_cards import UNDER_WAY
from data.screens.views.check_in import CheckInView, Owed, found_in
from data.screens.views.cockpit import Cockpit
from models import AgendaReason, ItemState, KeyResultKind

PAST_SHOWN = 8


def check_in_of(
    engine: Engine, version: int, team: TeamView, day: date, looked_at: int | None = None
) -> CheckInView:
    """Give what a team's check-in shows on a day, at a version of the data.

    `looked_at` is the key of a check-in of that team whose minutes are asked for.
    """
    here = company(engine, version)
    teams, moment = here.below(team.id), here.end_of(day)
    with snapshot(engine) as connection:
        actions = actions_in(connection, teams, day, moment)
        under_way = running(connection, team.id)
        over = last_ended(connection, team.id, moment)
        last = None if over is None else minutes(connection, over, here.zone, teams)
        earlier = past(connection, team.id, PAST_SHOWN, moment)
        at = {"day": day, "moment": moment}
        way = _way(connection, under_way, at)
        habits = None if under_way else rhythm_of(connection, earlier, teams, here.zone, at)
        asked = None if looked_at is None else meeting(connection, looked_at)
        if asked is not None and (asked.team_id != team.id or asked.ended_at is None):
            asked = None
        shown = None if asked is None else minutes(connection, asked, here.zone, teams)
    cycle = cycle_to_open(engine, version, day)
    now = cockpit(engine, version, Look(team, cycle, day, all_kpis=True, all_objectives=True))
    then = None
    if last is not None:
        cycle = here.cycle_named(cycle.name, last.day) if cycle else None
        look = Look(team, cycle, last.day, all_kpis=True, all_objectives=True)
        then = cockpit(engine, version, look)
    changes = changes_between(now, then, actions, last.meeting if last else None)
    planned = rules.agenda(changes, day)
    return CheckInView(
        version=now.version,
        day=day,
        team=team,
        now=now,
        then=then,
        actions=actions,
        owed=tuple(_owed(now, last.day if last else None)),
        agenda=tuple(_planned(item, then) for item in planned.items),
        minutes=planned.minutes,
        is_quiet=planned.is_quiet,
        left_out={str(part): count for part, count in planned.left_out.items()},
        running=under_way,
        last=last,
        past=earlier,
        looked_at=shown,
        way=way,
        rhythm=habits,
    )


def _way(
    connection: Connection, under_way: MeetingView | None, at: Mapping[str, Any]
) -> tuple[tuple[date, float], ...]:
    """Give the values so far of the key result that is shown, if one is."""
    key = under_way.current().key_result_id if under_way else None
    return () if key is None else way_so_far(connection, key, at)


def standing_of(
    view: Cockpit | None, *, kpi_id: int | None = None, key_result_id: int | None = None
) -> Standing:
    """Give how a KPI or a key result stands on a cockpit."""
    if view is None:
        return NOWHERE
    if key_result_id is not None:
        found = found_in(view, key_result_id)
        return NOWHERE if found is None else _standing_of(found[0])
    gauge = next((each for each in view.gauges if each.kpi_id == kpi_id), None)
    if gauge is None:
        return NOWHERE
    return Standing(gauge.value, gauge.health, gauge.signal.signal if gauge.signal else None)


def _standing_of(each: KeyResultView) -> Standing:
    value = each.progress if each.kind is KeyResultKind.MILESTONE else each.value
    return Standing(value, confidence=each.confidence, chance=each.chance)


def changes_between(
    now: Cockpit,
    then: Cockpit | None,
    actions: tuple[MyAction, ...],
    last: MeetingView | None,
) -> Changes:
    """Give all that an agenda is made of."""
    before = {gauge.kpi_id: gauge for gauge in then.gauges} if then else {}
    broken = _broken(now)
    return Changes(
        kpis=[_kpi(gauge, before.get(gauge.kpi_id), broken) for gauge in now.gauges],
        key_results=list(_key_results(now, then)),
        actions=[OpenAction(each.action.action_id, each.action.what, each.action.due)
                 for each in actions],
        parked=list(_parked(last, now)),
    )  # fmt: skip


def _kpi(gauge: Gauge, before: Gauge | None, broken: Mapping[int, int]) -> KpiChange:
    said = gauge.decision
    again = None if said is None or said.is_pursued else said.look_again
    return KpiChange(
        gauge.kpi_id,
        gauge.name,
        now=_state(gauge),
        then=_state(before) if before else None,
        severity=gauge.severity,
        is_decided=said is not None and gauge.undecided_days is None,
        look_again=again,
        awaits_person=gauge.recovery is not None and gauge.recovery.awaits_person,
        guards=broken.get(gauge.kpi_id),
    )


def _state(gauge: Gauge) -> KpiState:
    signal = gauge.signal
    is_better = signal is not None and signal.favourable
    return KpiState(gauge.health, signal.signal if signal else "", gauge.value, is_better)


def _broken(now: Cockpit) -> Mapping[int, int]:
    """Give the key of an objective by the KPI that is broken as its guardrail."""
    return {
        guard.kpi_id: objective.id
        for objective in reversed(now.objectives)
        if objective.state in UNDER_WAY
        for guard in objective.guardrails
        if guard.breach is not None and guard.breach.mended_on is None
    }


def _key_results(now: Cockpit, then: Cockpit | None) -> Iterator[KeyResultChange]:
    for each, objective in _under_way(now):
        before = found_in(then, each.key_result_id)
        state = _key_result_state(before[0]) if before else None
        yield KeyResultChange(
            each.key_result_id,
            f"{each.name} {objective.name}",
            _key_result_state(each),
            state,
            _silent_days(each, now),
        )


def _silent_days(each: KeyResultView, now: Cockpit) -> int:
    """Count for how long there should have been news; of what nobody ever told, in the cycle."""
    is_untold = each.standing == "no value" and each.kind is KeyResultKind.METRIC
    if is_untold and each.fed_by is None and now.cycle is not None:
        return max((now.day - now.cycle.starts_on).days, each.silent_for)
    return each.silent_for


def _under_way(view: Cockpit) -> Iterator[tuple[KeyResultView, ObjectiveView]]:
    for objective in view.objectives:
        if objective.state in UNDER_WAY:
            for each in objective.key_results:
                if not each.is_over:
                    yield each, objective


def _key_result_state(each: KeyResultView) -> KeyResultState:
    return KeyResultState(each.value, each.chance, each.standing == "done")


def _parked(last: MeetingView | None, now: Cockpit) -> Iterator[Parked]:
    """Give what was parked last time and is still there."""
    kpis = {gauge.kpi_id for gauge in now.gauges}
    for item in last.items if last else ():
        if item.state is not ItemState.PARKED:
            continue
        if item.key_result_id is not None and found_in(now, item.key_result_id):
            yield Parked("key result", item.key_result_id)
        elif item.kpi_id in kpis:
            yield Parked("kpi", item.kpi_id or 0)


def _owed(now: Cockpit, since: date | None) -> Iterator[Owed]:
    """Count the numbers that are still due, by name: nobody is ranked."""
    due: Counter[str] = Counter()
    due.update(gauge.owner or "" for gauge in now.gauges if gauge.freshness != "fresh")
    due.update(each.owner or "" for each, _ in _under_way(now) if _is_awaited(each, since))
    for who, count in sorted(due.items(), key=lambda each: (not each[0], each[0].casefold())):
        yield Owed(who, count)


def _is_awaited(each: KeyResultView, since: date | None) -> bool:
    """Tell whether a key result is to be told of before the check-in."""
    if each.fed_by is not None or each.standing == "done" or each.recovery is not None:
        return False
    if each.silent_for > 0 or each.checked_on is None:
        return True
    return since is not None and each.checked_on <= since


def _planned(item: AgendaItem, then: Cockpit | None) -> PlannedItem:
    reason, key = AgendaReason(item.reason), item.key
    if item.subject == "action":
        return PlannedItem(reason, action_id=key)
    if item.subject == "key result":
        return PlannedItem(reason, key_result_id=key, before=standing_of(then, key_result_id=key))
    if item.subject == "kpi":
        before = standing_of(then, kpi_id=key)
        return PlannedItem(reason, kpi_id=key, objective_id=item.guards, before=before)
    return PlannedItem(reason)

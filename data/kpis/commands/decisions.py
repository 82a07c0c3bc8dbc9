"""What people say about a KPI's behaviour: look again, a new normal, bad data, an event."""

from datetime import date
from typing import Any

from sqlalchemy import Engine

from analytics.periods import period as period_of
from data.company.commands.roles import check_permitted
from data.core.errors import CommandRejected
from data.core.fact_store import check_live, current
from data.core.limits import LONGEST_AHEAD
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_day, checked_note
from data.kpis.recovery_rules import role_for
from models import Annotation, Decision, DecisionKind, Kpi, Reading, Role

WHY = "Say why: those who look later will want to know."


def acknowledge(
    engine: Engine, *, person_id: int, kpi_id: int, reason: str, look_again: date
) -> int:
    """Say that a KPI's drift is known, why nothing is done now, and when to look again.

    Gives the command's key. Raises `CommandRejected` without a reason, where the day to look again
    is not ahead, or the person may not; and has then changed nothing.
    """
    with command(engine, "acknowledge", person_id=person_id) as work:
        ahead = (checked_day(look_again, "look again") - work.today).days
        if not 0 < ahead <= LONGEST_AHEAD:
            raise CommandRejected("look again", "Choose a day ahead, at most a year from now.")
        return decide(
            work,
            kpi_id,
            DecisionKind.ACKNOWLEDGE,
            reason,
            day=work.today,
            look_again=look_again,
        )


def rebase(engine: Engine, *, person_id: int, kpi_id: int, since: date, reason: str) -> int:
    """Say that a KPI's readings from a period on are its new normal.

    Gives the command's key. Raises `CommandRejected` without a reason, or where the period is
    ahead, and has then changed nothing.
    """
    with command(engine, "rebase", person_id=person_id) as work:
        return rebase_in(work, kpi_id, since, reason)


def rebase_in(work: UnitOfWork, kpi_id: int, since: date, reason: str) -> int:
    """Say within a command that a KPI's readings from a period on are its new normal."""
    if checked_day(since, "since") > work.today:
        raise CommandRejected("since", "Choose a period that has begun: this one lies ahead.")
    return decide(work, kpi_id, DecisionKind.REBASE, reason, day=since)


def dismiss(engine: Engine, *, person_id: int, kpi_id: int, period: date, reason: str) -> int:
    """Say that a KPI's reading of a period is wrong, so that no signal comes of it.

    The reading stays; to replace it, correct it. Gives the command's key. Raises `CommandRejected`
    without a reason, or where there is no such reading, and has then changed nothing.
    """
    with command(engine, "dismiss", person_id=person_id) as work:
        kpi = check_live(work.connection, Kpi, kpi_id, what="KPI")
        start = period_of(checked_day(period, "period"), kpi.cadence)
        standing = current(work.connection, Reading, {"kpi_id": kpi_id, "period": start})
        if standing is None or standing.value is None:
            raise CommandRejected("period", "There is no reading for that period: choose another.")
        return decide(work, kpi_id, DecisionKind.DISMISS, reason, day=start)


def annotate(engine: Engine, *, person_id: int, kpi_id: int, day: date, text: str) -> int:
    """Note an event that explains a KPI's readings around a day.

    Gives the command's key. Raises `CommandRejected` without words, and has then changed nothing.
    """
    with command(engine, "annotate", person_id=person_id) as work:
        kpi = check_live(work.connection, Kpi, kpi_id, what="KPI")
        check_permitted(work, Role.MEMBER, team_id=kpi.team_id)
        said = _said(text, "text", "Say in a word or two what happened.")
        event = {
            "kpi_id": kpi_id,
            "date": checked_day(day, "day"),
            "text": said,
            "by_id": person_id,
        }
        work.add(Annotation, [event])
        return work.command_id


def decide(
    work: UnitOfWork, kpi_id: int, kind: DecisionKind, reason: str, *, day: date, **more: Any
) -> int:
    """Write within a command what a person decides about a KPI; give the command's key.

    Raises `CommandRejected` without a reason, or where the person may not.
    """
    kpi = check_live(work.connection, Kpi, kpi_id, what="KPI")
    check_permitted(work, role_for(kind), team_id=kpi.team_id)
    decision = {
        "kpi_id": kpi_id,
        "known_at": work.at,
        "date": day,
        "decision": kind,
        "reason": _said(reason, "reason", WHY),
        "by_id": work.person_id,
        **more,
    }
    work.add(Decision, [decision])
    return work.command_id


def _said(text: str, field: str, remedy: str) -> str:
    bare = checked_note(text, field)
    if not bare:
        raise CommandRejected(field, remedy)
    return bare

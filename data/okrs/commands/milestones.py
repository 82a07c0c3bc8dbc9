"""Ticking off the steps of a key result."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlmodel import col

from data.company.commands.roles import check_permitted
from data.core.errors import CommandRejected, Conflict
from data.core.fact_store import check_live
from data.core.outcomes import CurrentValue
from data.core.unit_of_work import command
from data.core.validators import checked_day
from data.okrs.commands.check_ins import check_counts
from data.okrs.commands.key_result_rows import live_key_result
from models import Command, KeyResultTerms, Milestone, Person, Role


def reach_milestone(
    engine: Engine, *, person_id: int, milestone_id: int, done_on: date | None, base_version: int
) -> int | None:
    """Say on which day a step was reached, None that it is not reached yet."""
    with command(engine, "reach milestone", person_id=person_id) as work:
        step = check_live(work.connection, Milestone, milestone_id, what="step")
        key_result = live_key_result(work.connection, step.key_result_id)
        owner_of = (KeyResultTerms, key_result.id)
        check_permitted(work, Role.MEMBER, team_id=key_result.team_id, owner_of=owner_of)
        if done_on is not None and checked_day(done_on, "done_on") > work.today:
            raise CommandRejected("done_on", "Choose today or an earlier day: this one lies ahead.")
        if done_on is not None:
            check_counts(work, key_result.objective_id, done_on, "done_on")
        if step.done_on == done_on:
            return None
        if step.version > base_version:
            raise Conflict(_theirs(work.connection, step))
        work.alter(Milestone, milestone_id, done_on=done_on)
        return work.command_id


def _theirs(connection: Connection, step: Any) -> CurrentValue:
    wrote = connection.execute(
        select(col(Person.name), col(Command.at))
        .select_from(Command)
        .outerjoin(Person, col(Person.id) == col(Command.person_id))
        .where(col(Command.version) == step.version)
    ).first()
    who, at = wrote if wrote else (None, None)
    said = f"done on {step.done_on.isoformat()}" if step.done_on else "not done yet"
    return CurrentValue(None, who, at, step.version, field="done_on", text=said)

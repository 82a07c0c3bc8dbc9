"""The steps of a milestone as one cell: “Lease; Move (3)”, the share in brackets."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.core.as_of import table_of
from data.core.cell_values import names
from data.core.errors import CommandRejected
from data.core.limits import LONGEST_NAME
from data.core.number_parsing import typed_number
from data.core.problems import ParseError
from data.core.unit_of_work import UnitOfWork
from data.core.validators import checked_name
from data.okrs.step_list import SHARE, Step
from models import Milestone


def typed_steps(text: str) -> tuple[Step, ...]:
    """Read steps as a person typed them, `;` between; a step without a share has one part."""
    try:
        listed = names(text, LONGEST_NAME)
    except ParseError as unfit:
        raise CommandRejected("steps", f"This {unfit.what}: {unfit.remedy}.") from unfit
    steps = tuple(map(_step, listed))
    if len({step for step, _ in steps}) < len(steps):
        raise CommandRejected("steps", "Two steps have the same name: give each its own.")
    return steps


def steps_of(connection: Connection, key_result_id: int) -> list[Any]:
    """Give the steps of a key result that are here, in their order."""
    columns = table_of(Milestone).c
    query = (
        select(*columns)
        .where(col(Milestone.key_result_id) == key_result_id, columns.withdrawn_at.is_(None))
        .order_by(columns.position, columns.id)
    )
    return list(connection.execute(query).all())


def write_steps(work: UnitOfWork, key_result_id: int, steps: Sequence[Step]) -> None:
    """Make the steps of a key result these: one that is done may be renamed, never dropped.

    Steps are known by name; a new name in the place of one that is gone is a renamed step.
    """
    here = steps_of(work.connection, key_result_id)
    by_name = {row.step: row for row in here}
    wanted = {name for name, _ in steps}
    gone = [(at, row) for at, row in enumerate(here) if row.step not in wanted]
    renamed = {at: row for at, row in gone if at < len(steps) and steps[at][0] not in by_name}
    dropped = [row for at, row in gone if at not in renamed]
    if done := next((row for row in dropped if row.done_on), None):
        raise CommandRejected(
            "steps", f"“{done.step}” is done: take its tick away before the step."
        )
    for row in dropped:
        work.alter(Milestone, row.id, withdrawn_at=work.at)
    for at, (name, share) in enumerate(steps):
        row = by_name.get(name) or renamed.get(at)
        cells = {"step": name, "share": share, "position": at}
        if row is None:
            work.add(Milestone, [{"key_result_id": key_result_id, **cells}])
        else:
            work.alter(Milestone, row.id, **cells)


def _step(text: str) -> Step:
    written = SHARE.fullmatch(text)
    if written is None:
        return checked_name(text, "step"), 1.0
    share = typed_number(written[2], field="steps")
    if share <= 0:
        raise CommandRejected("steps", "A step's share is more than 0.")
    return checked_name(written[1], "step"), share

"""Beginning a draft with more than a blank: from an example, or with what a cycle left."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Engine, select
from sqlmodel import col

from data.company.commands.roles import check_permitted
from data.core.errors import CommandRejected
from data.core.fact_store import check_live, still_here
from data.core.ties import tie
from data.core.unit_of_work import UnitOfWork, command
from data.kpis.commands.kpis import SAME_NAME, write_kpi
from data.kpis.queries.readings import latest_readings
from data.kpis.queries.signals import said_about
from data.names.expressions import meant_by
from data.names.lookup import names_here
from data.names.name_check import check_free, named
from data.okrs.commands.key_result_rows import ENTITY, TERMS, live_with_terms, write_key_result
from data.okrs.commands.objectives import (
    GUARDRAILS,
    SUPPORTS,
    check_permitted_for_objective,
    live_objective,
    write_objective,
)
from data.okrs.commands.recovering import goes_on
from data.okrs.commands.steps import steps_of
from data.okrs.examples import ExampleKeyResult, ExampleKpi, ExampleObjective
from data.okrs.views.drafts import OkrKeyResult, OkrObjective
from models import (
    Cycle,
    Guardrail,
    KeyResultKind,
    Kpi,
    Milestone,
    Objective,
    ObjectiveState,
    Person,
    Role,
    Team,
)


class Begun(NamedTuple):
    """What was begun: the command's key, None where nothing was, and the new objectives."""

    command_id: int | None
    ids: tuple[int, ...]


def add_example(
    engine: Engine,
    *,
    person_id: int,
    team_id: int,
    cycle_id: int,
    example: ExampleObjective,
    kpis: Sequence[ExampleKpi] = (),
) -> Begun:
    """Add an example to a team's draft of a cycle; a KPI of a name that the team knows feeds it.

    `kpis` are added to the team where it knows none of that name. A key result starts where its KPI
    stands, or nowhere yet: an example's own start is nobody's. Raises `CommandRejected` where the
    team has an objective of that name already, or one may not.
    """
    with command(engine, "add example", person_id=person_id) as work:
        check_permitted(work, Role.LEAD, team_id=team_id)
        place = _place(work, team_id, cycle_id)
        names = names_here(work.connection)
        if (cycle_id, team_id, example.name) in names.objectives:
            raise CommandRejected("name", "The team has this objective in this cycle already.")
        for kpi in kpis:
            if meant_by(names, kpi.name, team_id) is None:
                names.kpis[team_id, kpi.name] = _add_kpi(work, team_id, kpi)
        row = {**place, "name": example.name}
        key = write_objective(work, row, ambition=example.ambition, owner_id=person_id)
        feeding = [meant_by(names, each.kpi, team_id) for each in example.key_results]
        feeds = _feeds(work, [kpi_id for kpi_id in feeding if kpi_id is not None])
        for position, (each, kpi_id) in enumerate(zip(example.key_results, feeding, strict=True)):
            feed = None if kpi_id is None else feeds[kpi_id]
            _add_key_result(work, key, position, each, feed, person_id)
        guards = [meant_by(names, name, team_id) for name in example.guardrails]
        tie(work, GUARDRAILS, key, [guard for guard in guards if guard is not None])
        return Begun(work.command_id, (key,))


def add_example_kpi(engine: Engine, *, person_id: int, team_id: int, kpi: ExampleKpi) -> Begun:
    """Add an example's KPI to a team. Rejected where it has one of that name."""
    with command(engine, "add kpi", person_id=person_id) as work:
        check_live(work.connection, Team, team_id, what="team")
        check_permitted(work, Role.LEAD, team_id=team_id)
        check_free(work.connection, Kpi, kpi.name, SAME_NAME, team_id=team_id)
        return Begun(work.command_id, (_add_kpi(work, team_id, kpi),))


def carry_over(
    engine: Engine, *, person_id: int, left: Sequence[OkrObjective], cycle_id: int
) -> Begun:
    """Copy objectives with what was left of them to another cycle, as drafts.

    What is unfinished goes along: a key result starts where it stood last and keeps its target,
    a milestone keeps the steps that are not done. Who or what was archived since stays behind:
    an owner, a guardrail, the KPI that fed a key result. An objective of the same name in that
    cycle stays as it is, and so does a recovery that is under way: it goes on by itself. Gives no
    command's key where nothing was left.
    """
    with command(engine, "copy objectives", person_id=person_id) as work:
        check_live(work.connection, Cycle, cycle_id, what="cycle")
        copied: dict[int, int] = {}
        for each, unfinished in what_is_left(left):
            row = live_objective(work, each.id)
            place = {"team_id": row.team_id, "cycle_id": cycle_id}
            if named(work.connection, Objective, row.name, **place) is not None:
                continue
            if goes_on(work, row.id):
                continue
            check_live(work.connection, Team, row.team_id, what="team")
            check_permitted_for_objective(work, row)
            stand = [(one.id, one.value) for one in unfinished]
            copied[row.id] = copy_objective(work, row, place, stand)
        _copy_support(work, left, copied, cycle_id)
        return Begun(work.command_id if copied else None, tuple(copied.values()))


def what_is_left(
    objectives: Sequence[OkrObjective],
) -> list[tuple[OkrObjective, list[OkrKeyResult]]]:
    """Give the objectives that are not reached yet, each with its unfinished key results.

    A recovery that is under way is none of them: it goes on by itself.
    """
    found = []
    for each in (one for one in objectives if not one.recovers):
        unfinished = [one for one in each.key_results if (one.progress or 0.0) < 1]
        if unfinished or not each.key_results:
            found.append((each, unfinished))
    return found


def _place(work: UnitOfWork, team_id: int, cycle_id: int) -> dict[str, int]:
    check_live(work.connection, Team, team_id, what="team")
    check_live(work.connection, Cycle, cycle_id, what="cycle")
    return {"team_id": team_id, "cycle_id": cycle_id}


def _add_kpi(work: UnitOfWork, team_id: int, kpi: ExampleKpi) -> int:
    names = ("name", "unit", "better", "cadence", "kind", "description")
    row = {"team_id": team_id, **{name: getattr(kpi, name) for name in names}}
    return write_kpi(work, row, low=kpi.low, high=kpi.high, owner_id=work.person_id)


class _Feed(NamedTuple):
    """A KPI that feeds a key result, and its latest reading that counts."""

    kpi_id: int
    unit: str
    value: float | None


def _feeds(work: UnitOfWork, kpi_ids: Sequence[int]) -> Mapping[int, _Feed]:
    columns = col(Kpi.id), col(Kpi.unit), col(Kpi.cadence)
    found = select(*columns).where(col(Kpi.id).in_(kpi_ids))
    kpis = work.connection.execute(found).all()
    dismissed = said_about(work.connection, kpis, work.at).dismissed.reading_ids
    latest = latest_readings(work.connection, kpi_ids, work.at, dismissed)
    return {kpi.id: _Feed(kpi.id, kpi.unit, latest.get(kpi.id, (None, None))[1]) for kpi in kpis}


def _add_key_result(
    work: UnitOfWork,
    objective_id: int,
    position: int,
    each: ExampleKeyResult,
    feed: _Feed | None,
    owner_id: int,
) -> None:
    is_metric = each.kind is KeyResultKind.METRIC
    row = {
        "objective_id": objective_id,
        "name": each.name,
        "kind": each.kind,
        "unit": feed.unit if feed and is_metric else each.unit,
        "kpi_id": feed.kpi_id if feed else None,
        "position": position,
    }
    start = feed.value if feed and is_metric else None
    terms = {"start": start, "target": each.target, "hold_periods": each.hold_periods}
    key = write_key_result(work, row, owner_id=owner_id, **terms)
    work.add(Milestone, _steps(key, [(step, 1.0) for step in each.steps]))


def _steps(key: int, steps: Sequence[tuple[str, float]]) -> list[Mapping[str, Any]]:
    return [
        {"key_result_id": key, "step": step, "share": share, "position": at}
        for at, (step, share) in enumerate(steps)
    ]


def copy_objective(
    work: UnitOfWork,
    row: Any,
    place: Mapping[str, Any],
    left: Iterable[tuple[int, float | None]],
    *,
    state: ObjectiveState = ObjectiveState.DRAFT,
) -> int:
    """Copy an objective to a place with what is `left` of it; give its key.

    These are its key results by key, each with the value at which it stands.
    """
    here = work.connection
    copy = {"name": row.name, "scope": row.scope, **place}
    copy["origin_kpi_id"] = still_here(here, Kpi, row.origin_kpi_id)
    owner_id = still_here(here, Person, row.owner_id)
    key = write_objective(work, copy, ambition=row.ambition, owner_id=owner_id, state=state)
    for position, (key_result_id, value) in enumerate(left):
        copy_key_result(work, key, position, key_result_id, value)
    guards = (
        select(col(Guardrail.kpi_id))
        .join(Kpi, col(Kpi.id) == col(Guardrail.kpi_id))
        .where(
            col(Guardrail.objective_id) == row.id,
            col(Guardrail.withdrawn_at).is_(None),
            col(Kpi.withdrawn_at).is_(None),
        )
    )
    tie(work, GUARDRAILS, key, here.execute(guards).scalars().all())
    return key


def copy_key_result(
    work: UnitOfWork, objective_id: int, position: int, key_result_id: int, value: float | None
) -> None:
    """Copy a key result to an objective; it starts where it stood last, at a value."""
    row = live_with_terms(work, key_result_id)
    copy = {name: getattr(row, name) for name in ENTITY}
    terms = {name: getattr(row, name) for name in TERMS}
    if value is not None and terms["start"] is not None:
        terms["start"] = value
    terms["owner_id"] = still_here(work.connection, Person, row.owner_id)
    copy["kpi_id"] = still_here(work.connection, Kpi, row.kpi_id)
    copy |= {"objective_id": objective_id, "position": position}
    key = write_key_result(work, copy, **terms)
    open_steps = [
        (step.step, step.share)
        for step in steps_of(work.connection, row.id)
        if step.done_on is None
    ]
    work.add(Milestone, _steps(key, open_steps))


def _copy_support(
    work: UnitOfWork, left: Sequence[OkrObjective], copied: Mapping[int, int], cycle_id: int
) -> None:
    """Let a copy support what its original did: copies, and what lies in a wider cycle."""
    for each in left:
        if each.id in copied:
            above = [copied.get(key, key) for key in each.supports_ids]
            tie(work, SUPPORTS, copied[each.id], supportable(work, cycle_id, above))


def supportable(work: UnitOfWork, cycle_id: int, above: Iterable[int]) -> list[int]:
    """Give those of some objectives that one of a cycle may support: of it, or of a wider one."""
    names = names_here(work.connection)
    wider = {cycle_id, *names.wider_cycles.get(cycle_id, ())}
    cycles = {key: place[0] for place, key in names.objectives.items()}
    return [key for key in above if cycles.get(key) in wider]

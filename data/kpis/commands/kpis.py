"""Setting up KPIs: what they are, their ranges from today on, where they are pinned."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, func, select
from sqlmodel import col

from analytics.drivers import ExpressionError, parse
from data.company.commands.dependents import OBJECTIVES, UNDER_WAY, names_of, refuse
from data.company.commands.roles import check_permitted
from data.core.as_of import table
from data.core.cell_parsing import check_row, parse_cells
from data.core.cell_values import OWN_TEAM
from data.core.conflicts import changed_cells, check_seen_whole
from data.core.errors import CommandRejected
from data.core.fields import plain_values, stored_in
from data.core.terms import (
    Added,
    add_with_terms,
    amend_terms,
    from_the_beginning,
    with_terms_of_today,
)
from data.core.ties import Ties, tied, untie_others
from data.core.unit_of_work import UnitOfWork, command
from data.kpis.fields import KpiRow, better_of
from data.kpis.queries.readings import with_readings
from data.names.cycle_check import check_no_loops
from data.names.expressions import drivers_of
from data.names.lookup import kpi_named, names_here, person_named, team_named, teams_named
from data.names.name_check import added_before, check_free
from data.names.rename import rename
from models import Kpi, KpiTerms, Pin, Role

ENTITY, TERMS = stored_in(KpiRow, Kpi), stored_in(KpiRow, KpiTerms)
PINS = Ties(Pin, "kpi_id", "team_id")
LINKS = {"team": "team_id", "owner": "owner_id"}
SAME_NAME = "The team has a KPI of that name already."
CADENCE_STAYS = (
    "It has readings, whose periods hang on its cadence: add a KPI of the new cadence instead."
)


def add_kpi(engine: Engine, *, person_id: int, said: Mapping[str, str], base_version: int) -> Added:
    """Add a KPI to a team; what is not said follows from the rest, as in a file.

    The same said twice, as after a lost answer, is one KPI. Raises `CommandRejected`, and has then
    changed nothing.
    """
    with command(engine, "add kpi", person_id=person_id) as work:
        cells = _read({"name": "", "team": "", **said}, said.get("unit", ""))
        row = KpiRow(kpi=cells.pop("name"), **cells)
        check_row(row)
        team_id = team_named(work.connection, row.team)
        check_permitted(work, Role.LEAD, team_id=team_id)
        if here := added_before(
            work, Kpi, row.kpi, SAME_NAME, base_version=base_version, team_id=team_id
        ):
            return here
        key = write_kpi(
            work,
            {**plain_values(row, Kpi), "team_id": team_id, "better": better_of(row)},
            **plain_values(row, KpiTerms),
            owner_id=person_named(work.connection, row.owner),
        )
        _pin(work, key, _pinned(work.connection, row.pinned, team_id))
        _check_drivers(work.connection, row.driven_by, team_id)
        return Added(work.command_id, key)


def amend_kpi(
    engine: Engine, *, person_id: int, kpi_id: int, said: Mapping[str, str], base_version: int
) -> int | None:
    """Change some cells of a KPI, given as they were typed, and keep the others.

    Range and owner hold from today on. Gives the command's key, None where that stands already.
    Raises `CommandRejected`, or `Conflict` where somebody changed a cell since the data's version
    that was seen; another cell is no rival's.
    """
    with command(engine, "edit kpi", person_id=person_id) as work:
        row = _live(work, kpi_id)
        check_permitted(work, Role.LEAD, team_id=row.team_id)
        stands = _cells(work.connection, row)
        wanted = _found(work.connection, row, _read(said, row.unit))
        changes = changed_cells(work, KpiRow, kpi_id, wanted, stands, base_version)
        _check(work, row, {**stands, **changes}, changes)
        _write(work, row, changes)
        return work.command_id if changes else None


def archive_kpi(engine: Engine, *, person_id: int, kpi_id: int, base_version: int) -> int:
    """Take a KPI out of all lists; its readings stay.

    Raises `CommandRejected` where something hangs on it, or somebody else changed it since the
    data's version that was seen.
    """
    with command(engine, "archive kpi", person_id=person_id) as work:
        row = _live(work, kpi_id)
        check_permitted(work, Role.LEAD, team_id=row.team_id)
        check_seen_whole(work, KpiRow, kpi_id, _cells(work.connection, row), base_version)
        _check_is_free(work, row)
        _pin(work, kpi_id, ())
        work.alter(Kpi, kpi_id, withdrawn_at=work.at)
        return work.command_id


def _check_is_free(work: UnitOfWork, row: Any) -> None:
    """Reject it where a key result, an objective or another KPI under way needs a KPI."""
    needing = (
        ("feeds", table("key_result"), table("key_result"), "give them another source first"),
        ("is a guardrail of", table("guardrail"), table("objective"), "take it off first"),
    )
    for verb, tie, named, remedy in needing:
        here = tie.c.kpi_id == row.id, tie.c.withdrawn_at.is_(None), *UNDER_WAY
        query = select(named.c.name).select_from(OBJECTIVES.join(tie)).where(*here)
        refuse(row.name, verb, names_of(work, query), remedy)
    refuse(
        row.name, "drives", _driven_by(work.connection, row), "change what they are driven by first"
    )


def _driven_by(connection: Connection, row: Any) -> list[str]:
    """Name the KPIs whose expression names this one."""
    names = names_here(connection)
    query = select(col(Kpi.name), col(Kpi.team_id), col(Kpi.driven_by)).where(
        col(Kpi.withdrawn_at).is_(None), col(Kpi.driven_by).contains(row.name, autoescape=True)
    )
    return [
        other.name
        for other in connection.execute(query)
        if row.id in drivers_of(names, other.team_id, other.driven_by)
    ]


def write_kpi(work: UnitOfWork, row: Mapping[str, Any], **terms: Any) -> int:
    """Write a new KPI, whose first terms were always so, as in a file; give its key."""
    return add_with_terms(work, Kpi, row, KpiTerms, {**terms, **from_the_beginning(work)})


def _read(said: Mapping[str, str], unit: str) -> dict[str, Any]:
    return parse_cells(KpiRow, said, name="KPI", unit=said.get("unit", unit))


def _live(work: UnitOfWork, kpi_id: int) -> Any:
    return with_terms_of_today(work, Kpi, KpiTerms, TERMS, kpi_id, what="KPI", may_lack=True)


def _found(connection: Connection, row: Any, cells: Mapping[str, Any]) -> dict[str, Any]:
    """Find what cells name: a team, an owner, and the teams that it is pinned for."""
    found = {LINKS.get(name, name): value for name, value in cells.items()}
    if "team" in cells:
        found["team_id"] = team_named(connection, cells["team"])
    if "owner" in cells:
        found["owner_id"] = person_named(connection, cells["owner"])
    if "pinned" in cells:
        found["pinned"] = _pinned(connection, cells["pinned"], found.get("team_id", row.team_id))
    if "better" in found and found["better"] is None:
        raise CommandRejected("better", "Choose which way is good: higher, lower or within.")
    return found


def _pinned(connection: Connection, names: tuple[str, ...], team_id: int) -> tuple[int, ...]:
    if names == OWN_TEAM:
        return (team_id,)
    return tuple(sorted(teams_named(connection, names)))


def _cells(connection: Connection, row: Any) -> dict[str, Any]:
    cells = {name: getattr(row, name) for name in (*ENTITY, *TERMS)}
    return {**cells, "pinned": tuple(sorted(tied(connection, PINS, row.id)))}


def _check(
    work: UnitOfWork, row: Any, whole: Mapping[str, Any], changes: Mapping[str, Any]
) -> None:
    """Raise `CommandRejected` where a KPI would be as no file may bring it in."""
    if changes.keys() & {"low", "high"}:
        check_row(KpiRow(team="", kpi="", low=whole["low"], high=whole["high"]))
    if "cadence" in changes and with_readings(work.connection, [row.id]):
        raise CommandRejected("cadence", CADENCE_STAYS)
    if "team_id" in changes:
        check_permitted(work, Role.LEAD, team_id=whole["team_id"])
    if changes.keys() & {"name", "team_id"}:
        place = {"team_id": whole["team_id"]}
        check_free(work.connection, Kpi, whole["name"], SAME_NAME, besides=row.id, **place)


def _write(work: UnitOfWork, row: Any, changes: Mapping[str, Any]) -> None:
    entity = {name: changes[name] for name in ENTITY if name in changes}
    if entity.keys() & {"name", "team_id"}:
        rename(work, Kpi, row, entity)
    elif entity:
        work.alter(Kpi, row.id, **entity)
    amend_terms(work, KpiTerms, TERMS, row, changes)
    if "pinned" in changes:
        _pin(work, row.id, changes["pinned"])
    if "driven_by" in changes:
        _check_drivers(work.connection, changes["driven_by"], changes.get("team_id", row.team_id))


def _pin(work: UnitOfWork, kpi_id: int, team_ids: tuple[int, ...]) -> None:
    new = untie_others(work, PINS, kpi_id, team_ids)
    last = select(func.coalesce(func.max(col(Pin.position)), -1))
    after = int(work.connection.execute(last).scalar_one()) + 1 if new else 0
    rows = [{"kpi_id": kpi_id, "team_id": team_id, "position": after} for team_id in new]
    work.add(Pin, rows)


def _check_drivers(connection: Connection, driven_by: str, team_id: int) -> None:
    """Reject it where an expression cannot be read, names what is not here, or loops."""
    if not driven_by:
        return
    try:
        expression = parse(driven_by)
    except ExpressionError as error:
        where = f"Character {error.position}: {error.problem}: {error.remedy}."
        raise CommandRejected("driven_by", where) from error
    names = names_here(connection)
    for name in expression.names:
        if kpi_named(names, name, team_id, "driven_by") is None:
            raise CommandRejected(
                "driven_by", "A pair of brackets is empty: write a KPI's name in it."
            )
    check_no_loops(connection, "driven_by")

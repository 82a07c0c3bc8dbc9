"""Listing people: their names and addresses, and what they may do in which team."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlmodel import col

from data.company.commands.ownership import check_owns_nothing, hand
from data.company.commands.roles import check_an_admin_stays, check_permitted_to_run
from data.company.fields import PersonRow
from data.core.as_of import latest_first, table
from data.core.cell_parsing import parse_cells
from data.core.conflicts import changed_cells, check_seen_whole
from data.core.errors import CommandRejected
from data.core.fact_store import check_live
from data.core.terms import Added, from_today
from data.core.unit_of_work import UnitOfWork, command
from data.names.name_check import added_before, check_free
from data.names.rename import rename
from models import Membership, Person, Team

SAME_NAME = "Somebody here is called that already."


def add_person(
    engine: Engine, *, person_id: int, team_id: int, said: Mapping[str, str], base_version: int
) -> Added:
    """List a person, with a role in a team where one is said."""
    with command(engine, "add person", person_id=person_id) as work:
        check_permitted_to_run(work)
        check_live(work.connection, Team, team_id, what="team")
        row = parse_cells(PersonRow, {"name": "", **said}, name="person")
        role = row.pop("role", None)
        if here := added_before(work, Person, row["name"], SAME_NAME, base_version=base_version):
            return here
        _check_address(work.connection, row)
        (key,) = work.add(Person, [row])
        if role:
            _say_role(work, key, team_id, role, None)
        return Added(work.command_id, key)


def amend_person(
    engine: Engine,
    *,
    person_id: int,
    listed_id: int,
    team_id: int,
    said: Mapping[str, str],
    base_version: int,
) -> int | None:
    """Change the name, the address, or from today on the role in a team of a person."""
    with command(engine, "edit person", person_id=person_id) as work:
        check_permitted_to_run(work)
        row = check_live(work.connection, Person, listed_id, what="person")
        held = _role(work, listed_id, team_id)
        wanted = parse_cells(PersonRow, said, name="person")
        stands = {**row._asdict(), "role": None if held is None else held.role}
        changes = changed_cells(work, PersonRow, listed_id, wanted, stands, base_version)
        _write(work, row, team_id, held, changes)
        return work.command_id if changes else None


def archive_person(engine: Engine, *, person_id: int, listed_id: int, base_version: int) -> int:
    """Take a person out of all lists, unless they own something or are oneself."""
    with command(engine, "archive person", person_id=person_id) as work:
        check_permitted_to_run(work)
        row = check_live(work.connection, Person, listed_id, what="person")
        if listed_id == person_id:
            raise CommandRejected("", "This is you: ask somebody else to archive you.")
        check_seen_whole(work, PersonRow, listed_id, row._asdict(), base_version)
        check_owns_nothing(work, row)
        work.alter(Person, listed_id, withdrawn_at=work.at)
        check_an_admin_stays(work)
        return work.command_id


def hand_over(
    engine: Engine, *, person_id: int, listed_id: int, to_id: int, base_version: int
) -> int | None:
    """Give somebody else from today on all that a person owns: KPIs, and what is under way."""
    with command(engine, "hand over", person_id=person_id) as work:
        check_permitted_to_run(work)
        row = check_live(work.connection, Person, listed_id, what="person")
        check_live(work.connection, Person, to_id, what="person")
        if to_id == listed_id:
            raise CommandRejected("owned", f"Pick somebody else than {row.name}.")
        hand(work, row, to_id, base_version=base_version)
        return work.command_id if work.changes else None


def _write(work: UnitOfWork, row: Any, team_id: int, held: Any, changes: Mapping[str, Any]) -> None:
    entity = {name: changes[name] for name in ("name", "email") if name in changes}
    if "name" in entity:
        check_free(work.connection, Person, entity["name"], SAME_NAME, besides=row.id)
    _check_address(work.connection, entity)
    if entity:
        rename(work, Person, row, entity)
    if "role" in changes:
        _say_role(work, row.id, team_id, changes["role"], held)
        check_an_admin_stays(work)


def _check_address(connection: Connection, cells: Mapping[str, Any]) -> None:
    """Raise `CommandRejected` where somebody else signs in with an address."""
    if not cells.get("email"):
        return
    others = select(col(Person.name)).where(
        col(Person.email) == cells["email"], col(Person.withdrawn_at).is_(None)
    )
    if (name := connection.execute(others).scalar()) is not None:
        raise CommandRejected("email", f"{name} has this address already.")


def _role(work: UnitOfWork, listed_id: int, team_id: int) -> Any:
    """Give the terms of a person's role in a team that hold today."""
    check_live(work.connection, Team, team_id, what="team")
    terms = table("membership").c
    held = (
        select(terms.role, terms.known_at)
        .where(
            terms.person_id == listed_id, terms.team_id == team_id, terms.valid_from <= work.today
        )
        .order_by(*latest_first(terms))
        .limit(1)
    )
    return work.connection.execute(held).first()


def _say_role(work: UnitOfWork, listed_id: int, team_id: int, role: Any, held: Any) -> None:
    said = {"person_id": listed_id, "team_id": team_id, "role": role}
    work.add(Membership, [{**said, **from_today(work, held)}])

"""Listing people: their names and addresses, and what they may do in which team."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlmodel import col

from data.company.commands.admins import check_an_admin_stays
from data.company.commands.ownership import check_owns_nothing, hand
from data.company.commands.roles import check_may_run
from data.company.fields import PersonRow
from data.core.as_of import latest_first, table
from data.core.cell_parsing import typed_cells
from data.core.conflicts import check_conflicts, check_seen_whole
from data.core.errors import Refused
from data.core.fact_store import check_live
from data.core.terms import Added, from_today, said_again
from data.core.unit_of_work import Writing, command
from data.names.rename import check_free, named, rename
from models import Membership, Person, Team

SAME_NAME = "Somebody here is called that already."


def add_person(
    engine: Engine, *, person_id: int, team_id: int, said: Mapping[str, str], seen: int
) -> Added:
    """List a person, with a role in a team where one is said.

    The same said twice, as after a lost answer, is one person. Raises `Refused`, and has then
    changed nothing.
    """
    with command(engine, "add person", person_id=person_id) as writing:
        check_may_run(writing)
        check_live(writing.connection, Team, team_id, what="team")
        row = typed_cells(PersonRow, {"name": "", **said}, name="person")
        role = row.pop("role", None)
        if (here := named(writing.connection, Person, row["name"])) is not None:
            if said_again(writing, here.version, seen):
                return Added(None, here.id)
            raise Refused("name", SAME_NAME)
        _check_address(writing.connection, row)
        (key,) = writing.add(Person, [row])
        if role:
            _say_role(writing, key, team_id, role, None)
        return Added(writing.command_id, key)


def amend_person(
    engine: Engine,
    *,
    person_id: int,
    listed_id: int,
    team_id: int,
    said: Mapping[str, str],
    seen: int,
) -> int | None:
    """Change the name, the address, or from today on the role in a team of a person.

    Gives the command's key, None where that stands already. Raises `Refused`, or `Conflict`
    where somebody changed a cell since the data's version that was seen.
    """
    with command(engine, "edit person", person_id=person_id) as writing:
        check_may_run(writing)
        row = check_live(writing.connection, Person, listed_id, what="person")
        held = _role(writing, listed_id, team_id)
        wanted = typed_cells(PersonRow, said, name="person")
        stands = {
            "name": row.name,
            "email": row.email,
            "role": None if held is None else held.role,
        }
        changes = {name: value for name, value in wanted.items() if value != stands.get(name)}
        check_conflicts(writing.connection, PersonRow, listed_id, changes, stands, seen=seen)
        _write(writing, row, team_id, held, changes)
        return writing.command_id if changes else None


def archive_person(engine: Engine, *, person_id: int, listed_id: int, seen: int) -> int:
    """Take a person out of all lists.

    Raises `Refused` where they own something, are oneself, or somebody else changed them since
    the data's version that was seen.
    """
    with command(engine, "archive person", person_id=person_id) as writing:
        check_may_run(writing)
        row = check_live(writing.connection, Person, listed_id, what="person")
        if listed_id == person_id:
            raise Refused("", "This is you: ask somebody else to archive you.")
        check_seen_whole(writing, PersonRow, listed_id, row._asdict(), seen)
        check_owns_nothing(writing, row)
        writing.alter(Person, listed_id, withdrawn_at=writing.at)
        check_an_admin_stays(writing)
        return writing.command_id


def hand_over(
    engine: Engine, *, person_id: int, listed_id: int, to_id: int, seen: int
) -> int | None:
    """Give somebody else all KPIs of a person, and their objectives and key results under way.

    Holds from today on. Gives the command's key, None where they own nothing. Raises `Refused`.
    """
    with command(engine, "hand over", person_id=person_id) as writing:
        check_may_run(writing)
        row = check_live(writing.connection, Person, listed_id, what="person")
        check_live(writing.connection, Person, to_id, what="person")
        if to_id == listed_id:
            raise Refused("owned", f"Pick somebody else than {row.name}.")
        hand(writing, row, to_id, seen=seen)
        return writing.command_id if writing.changes else None


def _write(writing: Writing, row: Any, team_id: int, held: Any, changes: Mapping[str, Any]) -> None:
    entity = {name: changes[name] for name in ("name", "email") if name in changes}
    if "name" in entity:
        check_free(writing.connection, Person, entity["name"], SAME_NAME)
    _check_address(writing.connection, entity)
    if entity:
        rename(writing, Person, row, entity)
    if "role" in changes:
        _say_role(writing, row.id, team_id, changes["role"], held)
        check_an_admin_stays(writing)


def _check_address(connection: Connection, cells: Mapping[str, Any]) -> None:
    """Raise `Refused` where somebody else signs in with an address."""
    if not cells.get("email"):
        return
    others = select(col(Person.name)).where(
        col(Person.email) == cells["email"], col(Person.withdrawn_at).is_(None)
    )
    if (name := connection.execute(others).scalar()) is not None:
        raise Refused("email", f"{name} has this address already.")


def _role(writing: Writing, listed_id: int, team_id: int) -> Any:
    """Give the terms of a person's role in a team that hold today."""
    check_live(writing.connection, Team, team_id, what="team")
    terms = table("membership").c
    held = (
        select(terms.role, terms.known_at)
        .where(
            terms.person_id == listed_id,
            terms.team_id == team_id,
            terms.valid_from <= writing.today,
        )
        .order_by(*latest_first(terms))
        .limit(1)
    )
    return writing.connection.execute(held).first()


def _say_role(writing: Writing, listed_id: int, team_id: int, role: Any, held: Any) -> None:
    said = {"person_id": listed_id, "team_id": team_id, "role": role}
    writing.add(Membership, [{**said, **from_today(writing, held)}])

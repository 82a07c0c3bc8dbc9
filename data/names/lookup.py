"""What people call things in a cell: found by name, or refused beside the cell."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from data.core.as_of import table_of
from data.core.cell_values import fit
from data.core.cell_values import names as listed_names
from data.core.errors import CommandRejected
from data.core.limits import LONGEST_NAME
from data.core.look_alikes import look
from data.core.problems import ParseError, shown
from data.names.name_check import named
from data.names.scopes import Names
from models import Cycle, Entity, Kpi, Objective, Person, Team

MOST_OFFERED = 4
"""So many people are offered where a name may mean several."""


def names_here(connection: Connection) -> Names:
    """Read what can be named: the teams, cycles, KPIs and objectives that are here."""
    return Names.of(
        _live(connection, Team, "id", "name", "parent_id"),
        cycles=_live(connection, Cycle, "id", "name", "starts_on", "ends_on"),
        kpis=_live(connection, Kpi, "id", "name", "team_id"),
        objectives=_live(connection, Objective, "id", "name", "team_id", "cycle_id"),
    )


def person_named(connection: Connection, text: str) -> int | None:
    """Give the key of an owner by name, None for nobody.

    A part in whole words is enough where only one person has it: a first name, for example.
    Refuses a name that nobody has, or that several have.
    """
    name = _cell(text, "owner")
    if not name:
        return None
    people = {row.name: int(row.id) for row in _live(connection, Person, "id", "name")}
    if name in people:
        return people[name]
    alike = [each for each in sorted(people) if look(each).casefold() == look(name).casefold()] or [
        each for each in sorted(people) if f" {name} ".casefold() in f" {each} ".casefold()
    ]
    if not alike:
        raise CommandRejected(
            "owner", f"Nobody here is called “{shown(name)}”: pick a name from the list."
        )
    if len(alike) > 1:
        raise CommandRejected("owner", f"Which {shown(name)}: {_either(alike)}?")
    return people[alike[0]]


def kpi_named(names: Names, text: str, team_id: int, field: str = "kpi") -> int | None:
    """Give the key of a KPI as a team calls it, None for none; refuse one that is not here."""
    name = _cell(text, field)
    return _kpi(names, name, team_id, field) if name else None


def kpis_named(names: Names, text: str, team_id: int) -> list[int]:
    """Give the keys of the KPIs of a list, in its order."""
    found = (_kpi(names, name, team_id, "guardrails") for name in _list(text, "guardrails"))
    return list(dict.fromkeys(found))


def remedy_in_list(name: str, otherwise: str) -> str:
    """Say what to do about a name in a list that nothing has: it may be several with commas."""
    return f"separate names by ;, or {otherwise}" if "," in name else otherwise


def objectives_named(names: Names, text: str, team_id: int, cycle_id: int) -> list[int]:
    """Give the keys of the objectives of a list: of the cycle, or of one that contains it."""
    found = []
    for name in _list(text, "supports"):
        try:
            key = names.objective(name, team_id, cycle_id)
        except LookupError as error:
            raise CommandRejected("supports", f"{error}: write it as Team / Objective.") from error
        if key is None:
            pick = "pick it from the list, or write another team's as Team / Objective"
            remedy = remedy_in_list(name, pick)
            raise CommandRejected(
                "supports", f"No objective here is called “{shown(name)}”: {remedy}."
            )
        found.append(key)
    return list(dict.fromkeys(found))


def _kpi(names: Names, name: str, team_id: int, field: str) -> int:
    try:
        key = names.kpi(name, team_id)
    except LookupError as error:
        raise CommandRejected(field, f"{error}: write it as Team / KPI.") from error
    if key is None:
        # An expression is typed where there is no list to pick from.
        first = "check how it is spelled" if field == "driven_by" else "pick it from the list"
        remedy = f"{first}, or write another team's as Team / KPI"
        if field == "guardrails":
            remedy = remedy_in_list(name, remedy)
        raise CommandRejected(field, f"No KPI here is called “{shown(name)}”: {remedy}.")
    return key


def _either(names: Sequence[str]) -> str:
    """Offer names to choose from; of many, the first."""
    if len(names) > MOST_OFFERED:
        return f"{', '.join(names[:MOST_OFFERED])} or another"
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _cell(text: str, field: str) -> str:
    if not isinstance(text, str):
        raise CommandRejected(field, "That is no text: type it again.")
    try:
        return fit(" ".join(text.split()))
    except ParseError as unfit:
        raise CommandRejected(field, f"This {unfit.what}: {unfit.remedy}.") from unfit


def _list(text: str, field: str) -> tuple[str, ...]:
    try:
        return listed_names(_cell(text, field), LONGEST_NAME)
    except ParseError as unfit:
        raise CommandRejected(field, f"This {unfit.what}: {unfit.remedy}.") from unfit


def _live(connection: Connection, entity: type[Entity], *names: str) -> Sequence[Any]:
    columns = table_of(entity).c
    here = select(*(columns[name] for name in names)).where(columns.withdrawn_at.is_(None))
    return connection.execute(here.order_by(columns.id)).all()


PICK = "pick one from the list"


def team_named(connection: Connection, name: str, field: str = "team", remedy: str = PICK) -> int:
    """Give the key of a team; refuse a name that no team has, saying what to do instead."""
    bare = " ".join(name.split())
    if not bare:
        raise CommandRejected(field, "Pick a team from the list.")
    found = named(connection, Team, bare)
    if found is None:
        raise CommandRejected(field, f"No team here is called “{shown(bare)}”: {remedy}.")
    return int(found.id)


def teams_named(connection: Connection, names: Iterable[str]) -> list[int]:
    """Give the keys of the teams for which a KPI is pinned, each once."""
    found = (team_named(connection, name, "pinned", remedy_in_list(name, PICK)) for name in names)
    return list(dict.fromkeys(found))

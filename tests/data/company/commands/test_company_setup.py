"""Teams, people, cycles and the time zone: an admin's, by the rules of import."""

import re
from datetime import date

import pytest
from sqlalchemy import Engine

from data.company.commands.cycles import add_cycle, amend_cycle, archive_cycle
from data.company.commands.fiscal_year import set_fiscal_year
from data.company.commands.people import add_person, amend_person, archive_person
from data.company.commands.teams import add_team, amend_team, archive_team
from data.company.commands.time_zone import set_time_zone, time_zones
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.database import data_version
from data.core.errors import CommandRejected, Conflict
from data.history.undo import undo
from data.identity.people import introduce
from data.kpis.fields import ReadingRow
from data.okrs.fields import ObjectiveRow
from models import ObjectiveState, Role, Weekday
from tests.data.builders import MONDAY, ROAD, Clock, bring, exported, key, person, rows


def ben(engine: Engine) -> dict[str, int]:
    """Give the admin, and the data as it stands."""
    return {"person_id": person(engine, "Ben"), "base_version": data_version(engine)}


def team(engine: Engine, called: str, **said: str) -> int | None:
    return amend_team(engine, team_id=key(engine, "team", called), said=said, **ben(engine))


def listed(engine: Engine, called: str, at: str = "Acme", **said: str) -> int | None:
    place = {"listed_id": key(engine, "person", called), "team_id": key(engine, "team", at)}
    return amend_person(engine, said=said, **place, **ben(engine))


def cycle(engine: Engine, called: str, **said: str) -> int | None:
    return amend_cycle(engine, cycle_id=key(engine, "cycle", called), said=said, **ben(engine))


def test_a_team_is_added_moved_and_renamed(company: Engine) -> None:
    add_team(company, said={"name": "South", "parent": "Sales"}, **ben(company))
    team(company, "South", parent="Support", check_in_day="friday")
    team(company, "South", name="Far south")
    assert (
        TeamRow(team="Far south", parent="Support", check_in_day=Weekday.FRIDAY)
        in exported(company).teams
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": "Acme"}, "a team of that name already"),
        ({"parent": "North"}, "would be above itself"),
        ({"parent": "Nowhere"}, "No team here is called “Nowhere”"),
        ({"check_in_day": "Someday"}, "not one of its words"),
        *(({"check_in_time": typed}, "is not a time") for typed in ("24:00", "9", "09:60", "noon")),
    ],
)
def test_a_team_is_as_a_file_may_have_it(company: Engine, said: dict[str, str], words: str) -> None:
    before = exported(company)
    with pytest.raises(CommandRejected, match=words):
        team(company, "Sales", **said)
    assert exported(company) == before


def test_only_an_admin_may(company: Engine) -> None:
    ana = {"person_id": person(company), "base_version": data_version(company)}
    place = {"team_id": key(company, "team", "Sales")}
    for attempt in (
        lambda: add_team(company, said={"name": "South"}, **ana),
        lambda: amend_team(company, said={"name": "Shop"}, **place, **ana),
        lambda: archive_team(company, **place, **ana),
        lambda: add_person(company, said={"name": "Dan"}, **place, **ana),
        lambda: amend_person(
            company, listed_id=ana["person_id"], said={"role": "admin"}, **place, **ana
        ),
        lambda: add_cycle(
            company, said={"name": "Q3", "starts_on": "2026-07-01", "ends_on": "2026-09-30"}, **ana
        ),
        lambda: set_time_zone(company, person_id=ana["person_id"], name="Europe/Vienna"),
        lambda: set_fiscal_year(company, person_id=ana["person_id"], starts=4),
    ):
        with pytest.raises(CommandRejected, match="Only an admin may do this: ask Ben"):
            attempt()


def test_a_file_finds_teams_people_and_cycles_by_their_former_names(company: Engine) -> None:
    written = exported(company)
    team(company, "Sales", name="Shop")
    listed(company, "Ana", name="Anna")
    cycle(company, "Q2 2026", name="Spring")
    before = exported(company)
    bring(company, **dict(written.items()))
    assert exported(company) == before
    bring(company, readings=[ReadingRow(team="Sales", kpi="Visits", date=MONDAY, value=3)])
    assert exported(company).readings[0].team == "Shop"


def test_a_browser_that_knows_an_old_name_is_the_same_person(company: Engine) -> None:
    ana = person(company)
    listed(company, "Ana", name="Anna")
    assert introduce(company, "Ana") == ana


def test_a_new_thing_may_take_a_former_name(company: Engine) -> None:
    team(company, "North", name="Far north")
    add_team(company, said={"name": "North", "parent": "Sales"}, **ben(company))
    bring(company, teams=[TeamRow(team="North", parent="Support")])
    parents = {row.team: row.parent for row in exported(company).teams}
    assert (parents["Far north"], parents["North"]) == ("Sales", "Support")


def test_a_role_holds_from_today_on(company: Engine, clock: Clock) -> None:
    clock.tick(days=2)
    listed(company, "Cara", at="Support", role="lead")
    said = rows(company, "membership")[-1]
    assert (said["role"], said["valid_from"]) == ("lead", clock.moment.date())
    listed(company, "Cara", at="Support", role="")
    assert not [row for row in exported(company).people if row.person == "Cara" and row.team]


def test_the_last_admin_stays(company: Engine) -> None:
    with pytest.raises(CommandRejected, match="make somebody else admin first"):
        listed(company, "Ben", role="lead")
    listed(company, "Ana", role="admin")
    assert listed(company, "Ben", role="lead") is not None


def test_a_person_is_added_with_address_and_role(company: Engine) -> None:
    said = {"name": "Dan", "email": "dan@acme.test", "role": "member"}
    at = {"team_id": key(company, "team", "Support")}
    first = add_person(company, said=said, **at, **ben(company))
    assert (
        PersonRow(person="Dan", email="dan@acme.test", team="Support", role=Role.MEMBER)
        in exported(company).people
    )
    with pytest.raises(CommandRejected, match="Dan has this address already"):
        listed(company, "Cara", email="dan@acme.test")
    assert first.command_id is not None


def test_whoever_owns_something_is_not_archived(company: Engine) -> None:
    who = ben(company)
    with pytest.raises(
        CommandRejected, match="“Ana” still owns Conversion, Win the north: give them"
    ):
        archive_person(company, listed_id=person(company), **who)
    with pytest.raises(CommandRejected, match="This is you"):
        archive_person(company, listed_id=who["person_id"], **who)
    archived = archive_person(company, listed_id=person(company, "Cara"), **who)
    assert "Cara" not in {row.person for row in exported(company).people}
    undo(company, archived, person_id=who["person_id"])
    assert "Cara" in {row.person for row in exported(company).people}


def test_a_team_is_archived_once_nothing_hangs_on_it(company: Engine) -> None:
    who = ben(company)
    for name, words in (
        ("Acme", "“Acme” has teams below it: Sales, Support"),
        ("Support", "“Support” has KPIs: Backlog"),
    ):
        with pytest.raises(CommandRejected, match=words):
            archive_team(company, team_id=key(company, "team", name), **who)
    before = exported(company)
    archived = archive_team(company, team_id=key(company, "team", "North"), **who)
    assert "North" not in {row.team for row in exported(company).teams}
    undo(company, archived, person_id=who["person_id"])
    assert exported(company) == before


def test_a_cycle_ends_after_it_starts(company: Engine) -> None:
    with pytest.raises(CommandRejected, match="is before starts_on"):
        cycle(company, "Q2 2026", ends_on="2026-03-01")
    cycle(company, "Q2 2026", starts_on="2026-03-30", ends_on="2026-06-28")
    assert (
        CycleRow(cycle="Q2 2026", starts_on=date(2026, 3, 30), ends_on=date(2026, 6, 28))
        in exported(company).cycles
    )


def test_a_cycle_with_objectives_stays(company: Engine) -> None:
    quarter = {"cycle_id": key(company, "cycle", "Q2 2026")}
    with pytest.raises(
        CommandRejected, match="has objectives: Win the north: move or archive them first"
    ):
        archive_cycle(company, **quarter, **ben(company))
    archive_cycle(company, cycle_id=key(company, "cycle", "2026"), **ben(company))
    assert [row.cycle for row in exported(company).cycles] == ["Q2 2026"]


@pytest.mark.parametrize("state", [ObjectiveState.CLOSED, ObjectiveState.GRADUATED])
def test_what_is_over_keeps_its_cycle(company: Engine, state: ObjectiveState) -> None:
    quarter = {"cycle_id": key(company, "cycle", "Q2 2026")}
    draft = ObjectiveRow(**{**ROAD, "objective": "Maybe"}, state=ObjectiveState.DRAFT)
    bring(company, objectives=[ObjectiveRow(**ROAD, state=state), draft])
    stays = "“Q2 2026” stays: objectives that are over belong to it (Win the north)."
    with pytest.raises(CommandRejected, match=re.escape(stays)):
        archive_cycle(company, **quarter, **ben(company))


def test_what_somebody_else_changed_since_is_looked_at_before_it_is_archived(
    company: Engine,
) -> None:
    cara, north = key(company, "person", "Cara"), key(company, "team", "North")
    bring(company, people=[PersonRow(person="Ana", team="Acme", role=Role.ADMIN)])
    base_version = data_version(company)
    ana = {"person_id": person(company), "base_version": base_version}
    year = key(company, "cycle", "2026")
    amend_team(company, team_id=north, said={"check_in_day": "friday"}, **ana)
    amend_cycle(company, cycle_id=year, said={"ends_on": "2026-12-30"}, **ana)
    role = {"said": {"role": "lead"}, "team_id": key(company, "team", "Support")}
    amend_person(company, listed_id=cara, **role, **ana)
    old = {**ben(company), "base_version": base_version}
    for archive, place in (
        (archive_team, {"team_id": north}),
        (archive_cycle, {"cycle_id": year}),
        (archive_person, {"listed_id": cara}),
    ):
        with pytest.raises(CommandRejected, match="Ana has changed it meanwhile: look again"):
            archive(company, **place, **old)
        # What one has seen is no news.
        assert archive(company, **place, **ben(company))


def test_who_changed_a_cell_meanwhile_is_told(company: Engine) -> None:
    base_version = data_version(company)
    team(company, "North", parent="Support")
    with pytest.raises(Conflict) as conflict:
        amend_team(
            company,
            person_id=person(company, "Ben"),
            team_id=key(company, "team", "North"),
            said={"parent": "Acme"},
            base_version=base_version,
        )
    assert (conflict.value.theirs.field, conflict.value.theirs.text) == ("parent_id", "Support")


def test_the_time_zone_is_one_there_is_and_can_be_taken_back(company: Engine) -> None:
    ben_id = person(company, "Ben")
    with pytest.raises(CommandRejected, match="Pick a time zone"):
        set_time_zone(company, person_id=ben_id, name="Mars/Olympus")
    command_id = set_time_zone(company, person_id=ben_id, name="Asia/Tokyo")
    assert rows(company, "company")[0]["time_zone"] == "Asia/Tokyo"
    assert set_time_zone(company, person_id=ben_id, name="Asia/Tokyo") is None
    assert command_id is not None
    undo(company, command_id, person_id=ben_id)
    assert rows(company, "company")[0]["time_zone"] == "UTC"
    assert {"UTC", "Europe/Vienna", "America/New_York"} <= set(time_zones())


def test_the_fiscal_year_starts_in_a_month_and_can_be_taken_back(company: Engine) -> None:
    ben_id = person(company, "Ben")
    for nonsense in (0, 13):
        with pytest.raises(CommandRejected, match="Pick a month"):
            set_fiscal_year(company, person_id=ben_id, starts=nonsense)
    command_id = set_fiscal_year(company, person_id=ben_id, starts=4)
    assert rows(company, "company")[0]["fiscal_year_starts"] == 4
    assert set_fiscal_year(company, person_id=ben_id, starts=4) is None
    assert command_id is not None
    undo(company, command_id, person_id=ben_id)
    assert rows(company, "company")[0]["fiscal_year_starts"] == 1


@pytest.mark.parametrize(
    ("typed", "kept"), [("9:30", "09:30"), ("09.30", "09:30"), ("00:00", "00:00")]
)
def test_the_time_of_a_check_in_is_kept_as_files_write_it(
    company: Engine, typed: str, kept: str
) -> None:
    team(company, "North", check_in_time=typed)
    assert {row.team: row.check_in_time for row in exported(company).teams}["North"] == kept

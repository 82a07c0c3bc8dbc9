"""Erasing a person: nothing that is kept tells any more who they were."""

import json
import string
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.company.commands.erasing import IS_YOU, NOT_LISTED, SOMEBODY, erase_person
from data.company.commands.people import amend_person, archive_person
from data.core.database import data_version
from data.core.errors import CommandRejected, Conflict
from data.exchange.importing import import_tables
from data.exchange.spreadsheets.mapping import Mapping
from data.history.queries import Asked, history, whole_log
from data.history.undo import FOR_GOOD, undo
from data.identity.people import admit, introduce
from data.meetings import commands as meetings
from data.meetings.presence import attend
from data.meetings.views import PlannedItem
from models import AgendaReason, Role
from tests.data.builders import (
    MONDAY,
    everything,
    exported,
    give,
    key,
    person,
    record,
    rows,
)

AGENDA = [PlannedItem(AgendaReason.OPEN_FLOOR)]
NAME, FORMER, ADDRESS = "Zoë O’Quill", "Zoë von Quill", "zoe.quill@acme.test"


def renamed(engine: Engine, name: str, former: str, address: str) -> int:
    """Give somebody who signed in by an address and was renamed since."""
    person_id = admit(engine, email=address, name=former)
    by = {"person_id": person(engine, "Ben"), "base_version": data_version(engine)}
    amend_person(engine, listed_id=person_id, team_id=1, said={"name": name}, **by)
    return person_id


def leaver(engine: Engine, name: str = NAME, former: str = FORMER, address: str = ADDRESS) -> int:
    """Give somebody who left traces everywhere."""
    person_id, ben = renamed(engine, name, former, address), person(engine, "Ben")
    record(engine, 9, who=name)
    record(engine, 10, who=name, on=MONDAY - timedelta(days=7))
    meeting_id, _ = meetings.start(engine, person_id=ben, team_id=1, agenda=AGENDA)
    attend(engine, meeting_id=meeting_id, person_id=person_id)
    mapping = Mapping((), {}, {"Sales": {"owner": name}})
    import_tables(engine, exported(engine), mapping=mapping)
    return person_id


def erase(engine: Engine, listed_id: int, typed_name: str = NAME, who: str = "Ben") -> int:
    by = person(engine, who)
    return erase_person(engine, person_id=by, listed_id=listed_id, typed_name=typed_name)


def kept_text(engine: Engine) -> str:
    """Give all that is kept in any column of any table, as one text."""
    text = json.dumps(everything(engine), default=str, ensure_ascii=False)
    return text + text.encode().decode("unicode_escape", errors="ignore")


def test_nothing_that_is_kept_names_who_was_erased(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    listed_id = leaver(engine)
    told = kept_text(engine)
    assert all(word in told for word in (NAME, FORMER, ADDRESS))
    before = len(rows(engine, "reading"))
    erase(engine, listed_id)
    told = kept_text(engine)
    assert [word for word in (NAME, FORMER, ADDRESS, "Quill", "zoe") if word in told] == []
    assert len(rows(engine, "reading")) == before
    assert "Quill" not in str(exported(engine))


names = st.text(string.ascii_letters + "äßéø’-", min_size=3, max_size=12)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(names, min_size=2, max_size=2, unique_by=str.casefold))
def test_whoever_it_is(company: Engine, both: list[str]) -> None:
    name, former = (f"Q{each}{at}X" for at, each in enumerate(both))
    address = f"{former}@left.test"
    listed_id = renamed(company, name, former, address)
    erase(company, listed_id, name)
    told = kept_text(company)
    assert [word for word in (name, former, address) if word in told] == []


def test_the_file_itself_holds_nothing_of_them(company: Engine, tmp_path: Path) -> None:
    listed_id = leaver(company)
    erase(company, listed_id)
    company.dispose()
    for path in tmp_path.glob("milepost.db*"):
        assert ADDRESS.encode() not in path.read_bytes()
        assert NAME.encode() not in path.read_bytes()


def test_several_are_told_apart(company: Engine) -> None:
    for name in ("Cara", "Dora"):
        erase(company, introduce(company, name), name)
    called = [row["name"] for row in rows(company, "person") if row["withdrawn_at"]]
    assert called == [SOMEBODY, f"{SOMEBODY} 2"]


def test_somebody_who_was_archived_can_be_erased(company: Engine) -> None:
    listed_id = key(company, "person", "Cara")
    archive_person(
        company,
        person_id=person(company, "Ben"),
        listed_id=listed_id,
        base_version=data_version(company),
    )
    erase(company, listed_id, "Cara")
    assert "Cara" not in kept_text(company)


def test_the_history_tells_that_somebody_was_erased_and_no_more(company: Engine) -> None:
    listed_id = leaver(company)
    erase(company, listed_id)
    version = data_version(company)
    done = history(company, version, Asked()).done[0]
    assert (done.name, done.who) == ("erase person", "Ben")
    told = str(history(company, version, Asked())) + str(list(whole_log(company, version, Asked())))
    assert SOMEBODY in told
    assert "Quill" not in told
    assert "zoe" not in told


def test_a_conflict_with_what_they_said_names_nobody(company: Engine) -> None:
    before = data_version(company)
    listed_id = leaver(company)
    erase(company, listed_id)
    with pytest.raises(Conflict) as conflict:
        record(company, 3, base_version=before)
    assert "Quill" not in str(conflict.value.theirs)
    assert SOMEBODY in str(conflict.value.theirs)


def test_it_is_for_good(company: Engine) -> None:
    ben, listed_id = person(company, "Ben"), leaver(company)
    edited = next(row["id"] for row in rows(company, "command") if row["name"] == "edit person")
    erased = erase(company, listed_id)
    with pytest.raises(CommandRejected, match=FOR_GOOD):
        undo(company, erased, person_id=ben)
    with pytest.raises(CommandRejected, match="built on this since"):
        undo(company, edited, person_id=ben)
    offered = history(company, data_version(company), Asked(mine=ben)).done
    assert erased not in [done.command_id for done in offered]


@pytest.mark.parametrize(
    ("who", "listed", "typed", "said"),
    [
        ("Ben", "Cara", "Carla", "To be sure, type the name as it stands: Cara."),
        ("Ben", "Cara", "", "To be sure, type the name as it stands: Cara."),
        ("Ben", "Ben", "Ben", IS_YOU),
        ("Ana", "Cara", "Cara", "Only an admin may do this: ask Ben."),
        ("Ben", "Ana", "Ana", "“Ana” still owns Conversion, Win the north: give them"),
    ],
)
def test_it_is_refused(company: Engine, who: str, listed: str, typed: str, said: str) -> None:
    listed_id = key(company, "person", listed)
    before = everything(company)
    with pytest.raises(CommandRejected) as refused:
        erase(company, listed_id, typed, who)
    assert refused.value.message.startswith(said)
    assert everything(company) == before


@pytest.mark.parametrize("listed_id", [0, -1, 77, 2**70])
def test_who_is_not_here_cannot_be_erased(company: Engine, listed_id: int) -> None:
    with pytest.raises(CommandRejected, match=NOT_LISTED):
        erase(company, listed_id)


def test_an_admin_may_erase_another(company: Engine) -> None:
    give(company, "Cara", "Acme", Role.ADMIN)
    cara = key(company, "person", "Cara")
    erase(company, cara, "Cara")
    assert [row["withdrawn_at"] for row in rows(company, "person") if row["name"] == "Ben"] == [
        None
    ]

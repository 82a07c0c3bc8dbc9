"""Saying who is here."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from data.company.fields import PersonRow
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.history.undo import undo
from data.identity.people import admit, introduce
from data.kpis.commands.readings import record_reading
from tests.data.builders import MONDAY, bring, key, rows


def six_at_once(come: Callable[[], int]) -> list[int]:
    found: list[int] = []
    start = threading.Barrier(6)

    def one() -> None:
        start.wait()
        found.append(come())

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    return found


def test_a_new_name_is_a_new_person(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    dora = introduce(engine, "Dora")
    assert rows(engine, "person")[-1]["id"] == dora
    assert rows(engine, "person")[-1]["name"] == "Dora"


def test_the_same_name_is_the_same_person(company: Engine) -> None:
    before = data_version(company)
    assert introduce(company, "Ana") == introduce(company, "Ana") == key(company, "person", "Ana")
    assert data_version(company) == before


@pytest.mark.parametrize("name", ["  Ana ", "Ana\n", "\tAna"])
def test_space_around_a_name_does_not_count(company: Engine, name: str) -> None:
    assert introduce(company, name) == key(company, "person", "Ana")


def test_space_within_a_name_is_one(file: Engine) -> None:
    assert introduce(file, "Ana  María\u00a0Ruiz") == introduce(file, "Ana María Ruiz")


def test_a_name_is_the_same_however_its_accents_are_typed(file: Engine) -> None:
    assert introduce(file, "Rene\u0301e") == introduce(file, "Ren\u00e9e")
    assert rows(file, "person")[-1]["name"] == "Ren\u00e9e"


@pytest.mark.parametrize("name", ["", "  ", "\t\n", "\u200f\u202e", "\u200d", "\ufeff"])
def test_a_name_of_which_nothing_can_be_seen_is_refused(file: Engine, name: str) -> None:
    before = data_version(file)
    with pytest.raises(CommandRejected, match="Type your name") as refused:
        introduce(file, name)
    assert refused.value.field == "name"
    assert data_version(file) == before


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a" * 201, "has 201 characters: shorten it to 200"),
        ("a" * 10_000, "has 10,000 characters"),
        ("A\x00na", r"has the control character U\+0000: delete it"),
        ("A\x1b[2Jna", r"U\+001B"),
        ("A\x85na\x9f", r"U\+009F"),
        ("\ud800", r"U\+D800"),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused(file: Engine, name: str, why: str) -> None:
    before = data_version(file)
    with pytest.raises(CommandRejected, match=why) as refused:
        introduce(file, name)
    assert refused.value.field == "name"
    assert data_version(file) == before


@pytest.mark.parametrize(
    "name", ["\u200fשלום", "Ana \u202eanA", "👩‍👩‍👧 Mia", "𝒳𐍈", "q\u0301a", "'; DROP TABLE kpi; --"]
)
def test_a_name_of_any_script_is_kept(file: Engine, name: str) -> None:
    introduce(file, name)
    assert rows(file, "person")[-1]["name"] == name


def test_the_longest_name_is_kept(file: Engine) -> None:
    introduce(file, "a" * 200)
    assert rows(file, "person")[-1]["name"] == "a" * 200


def test_many_who_say_the_same_name_at_once_are_one_person(engine: Engine) -> None:
    assert len(set(six_at_once(lambda: introduce(engine, "Dora")))) == 1
    assert len(rows(engine, "person")) == len(rows(engine, "command")) == 1


def test_a_person_introduces_themselves(file: Engine) -> None:
    dora = introduce(file, "Dora")
    assert rows(file, "command")[-1]["person_id"] == dora


def test_somebody_who_was_taken_back_can_come_again_and_not_act_before(company: Engine) -> None:
    dora = introduce(company, "Dora")
    undo(company, rows(company, "command")[-1]["id"], person_id=dora)
    with pytest.raises(CommandRejected, match="no longer here"):
        record_reading(
            company,
            person_id=dora,
            kpi_id=key(company, "kpi", "Conversion"),
            period=MONDAY,
            value=9,
            base_version=data_version(company),
        )
    assert introduce(company, "Dora") != dora


def test_somebody_nobody_knows_cannot_act(company: Engine) -> None:
    before = data_version(company)
    with pytest.raises(CommandRejected, match="no longer here"):
        undo(company, 1, person_id=4711)
    assert data_version(company) == before


def with_address(engine: Engine, email: str) -> int:
    """Bring in somebody with an address, as an import does."""
    bring(engine, people=[PersonRow(person="Dora", email=email)])
    return key(engine, "person", "Dora")


@pytest.mark.parametrize("email", ["dora@acme.example", "Dora@ACME.example"])
def test_an_address_is_the_person_it_is_listed_for(
    company_of_each_kind: Engine, email: str
) -> None:
    dora = with_address(company_of_each_kind, "Dora@acme.example")
    before = data_version(company_of_each_kind)
    assert admit(company_of_each_kind, email=email, name="D. Orr") == dora
    assert data_version(company_of_each_kind) == before


def test_a_new_address_is_a_new_person(company: Engine) -> None:
    dora = admit(company, email="dora@acme.example", name="  Dora ")
    added = rows(company, "person")[-1]
    assert (added["id"], added["name"], added["email"]) == (dora, "Dora", "dora@acme.example")
    assert rows(company, "command")[-1]["person_id"] == dora
    assert admit(company, email="dora@acme.example", name="Dora") == dora


def test_a_name_alone_makes_nobody_somebody_else(company: Engine) -> None:
    stranger = admit(company, email="ana@elsewhere.example", name="Ana")
    assert stranger != key(company, "person", "Ana")
    assert rows(company, "person")[-1]["name"] == "Ana (ana@elsewhere.example)"


@pytest.mark.parametrize("name", ["", "a" * 201, "A\x00na"])
def test_who_has_no_name_is_called_by_their_address(company: Engine, name: str) -> None:
    admit(company, email="dora@acme.example", name=name)
    assert rows(company, "person")[-1]["name"] == "dora@acme.example"


def test_nobody_takes_the_name_of_an_address(company: Engine) -> None:
    introduce(company, "Ana (ana@elsewhere.example)")
    with pytest.raises(CommandRejected, match="called Ana"):
        admit(company, email="ana@elsewhere.example", name="Ana")


def test_no_address_is_nobody(company: Engine) -> None:
    before = data_version(company)
    with pytest.raises(CommandRejected, match="Sign in first"):
        admit(company, email="", name="Ana")
    assert data_version(company) == before


def test_whoever_was_taken_back_does_not_come_back_by_signing_in(company: Engine) -> None:
    dora = admit(company, email="dora@acme.example", name="Dora")
    undo(company, rows(company, "command")[-1]["id"], person_id=dora)
    before = data_version(company)
    with pytest.raises(CommandRejected, match="no longer listed"):
        admit(company, email="dora@acme.example", name="Dora")
    assert data_version(company) == before


def test_whoever_is_listed_again_comes_back(company: Engine) -> None:
    gone = admit(company, email="dora@acme.example", name="Dora")
    undo(company, rows(company, "command")[-1]["id"], person_id=gone)
    dora = with_address(company, "dora@acme.example")
    assert admit(company, email="dora@acme.example", name="Dora") == dora != gone


def test_many_with_the_same_address_at_once_are_one_person(engine: Engine) -> None:
    assert len(set(six_at_once(lambda: admit(engine, email="d@acme.example", name="Dora")))) == 1
    assert len(rows(engine, "person")) == len(rows(engine, "command")) == 1


@pytest.mark.parametrize("email", ["a" * 198 + "@b", "ana\x00@acme.test", "a\nb@acme.test"])
def test_an_address_that_cannot_be_kept_is_refused(engine: Engine, email: str) -> None:
    with pytest.raises(CommandRejected, match="address that cannot be kept"):
        admit(engine, email=email, name="Ana")


def test_a_name_told_apart_by_its_address_is_no_longer_than_names_are(file: Engine) -> None:
    introduce(file, "a" * 200)
    admit(file, email="ana@acme.test", name="a" * 200)
    assert rows(file, "person")[-1]["name"] == "a" * 184 + " (ana@acme.test)"

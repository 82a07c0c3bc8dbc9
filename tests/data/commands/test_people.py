"""Saying who is here."""

import threading

import pytest
from sqlalchemy import Engine

from data.commands.errors import Refused
from data.commands.people import introduce
from data.commands.readings import record_reading
from data.commands.undo import undo
from data.database import data_version
from tests.data.builders import MONDAY, key, rows


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


@pytest.mark.parametrize("name", ["", "  ", "a" * 201, "A\x00na", "A\u200bna", "\ud800"])
def test_a_name_that_cannot_be_shown_is_refused(file: Engine, name: str) -> None:
    before = data_version(file)
    with pytest.raises(Refused, match="Type your name") as refused:
        introduce(file, name)
    assert refused.value.field == "name"
    assert data_version(file) == before


def test_the_longest_name_is_kept(file: Engine) -> None:
    introduce(file, "a" * 200)
    assert rows(file, "person")[-1]["name"] == "a" * 200


def test_many_who_say_the_same_name_at_once_are_one_person(engine: Engine) -> None:
    found: list[int] = []
    start = threading.Barrier(6)

    def come() -> None:
        start.wait()
        found.append(introduce(engine, "Dora"))

    threads = [threading.Thread(target=come) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1
    assert len(rows(engine, "person")) == len(rows(engine, "command")) == 1


def test_a_person_introduces_themselves(file: Engine) -> None:
    dora = introduce(file, "Dora")
    assert rows(file, "command")[-1]["person_id"] == dora


def test_somebody_who_was_taken_back_can_come_again_and_not_act_before(company: Engine) -> None:
    dora = introduce(company, "Dora")
    undo(company, rows(company, "command")[-1]["id"], person_id=dora)
    with pytest.raises(Refused, match="no longer here"):
        record_reading(
            company,
            person_id=dora,
            kpi_id=key(company, "kpi", "Conversion"),
            period=MONDAY,
            value=9,
            seen=data_version(company),
        )
    assert introduce(company, "Dora") != dora


def test_somebody_nobody_knows_cannot_act(company: Engine) -> None:
    before = data_version(company)
    with pytest.raises(Refused, match="no longer here"):
        undo(company, 1, person_id=4711)
    assert data_version(company) == before

"""What was read of a KPI is read again when it changed, and only then."""

import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing
from datetime import timedelta

from sqlalchemy import Engine

from data.core.database import data_version, snapshot
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge
from data.kpis.commands.kpis import amend_kpi
from data.kpis.fields import ReadingRow
from data.kpis.queries.changed import MOST, Changed, KeptRead, KeptRows, changed
from data.okrs.commands.check_ins import check_in
from tests.data.builders import MONDAY, TODAY, bring, key, last_command, person, record


def seen(engine: Engine) -> Changed:
    with snapshot(engine) as connection:
        found = changed(connection)
    assert found is not None
    assert found.version == data_version(engine)
    return found


def test_a_reading_a_decision_and_what_takes_them_back_change_their_kpi(company: Engine) -> None:
    conversion, ben = key(company, "kpi", "Conversion"), person(company, "Ben")
    before = seen(company)
    record(company, 9.5, who="Ben")
    read = seen(company)
    acknowledge(
        company,
        person_id=ben,
        kpi_id=conversion,
        reason="Known",
        look_again=TODAY + timedelta(weeks=1),
    )
    decided = seen(company)
    command_id = last_command(company, ben)
    assert command_id is not None
    undo(company, command_id, person_id=ben)
    undone = seen(company)
    for last, now in ((before, read), (read, decided), (decided, undone)):
        assert now.of(conversion) == now.version > last.version
        assert now.rest == before.rest
        assert now.of(key(company, "kpi", "Revenue")) == before.rest


def test_a_check_in_changes_objectives_and_no_kpi(company: Engine) -> None:
    conversion, before = key(company, "kpi", "Conversion"), seen(company)
    check_in(
        company,
        person_id=person(company, "Ben"),
        base_version=data_version(company),
        key_result_id=key(company, "key_result", "Sign customers"),
        day=TODAY,
        value=12,
        confidence=None,
    )
    after = seen(company)
    assert after.of(conversion) == before.rest
    assert after.of_objectives(conversion) == after.version


def test_whatever_else_changes_may_change_all(company: Engine) -> None:
    seen(company)
    conversion = key(company, "kpi", "Conversion")
    by = {"person_id": person(company, "Ben"), "base_version": data_version(company)}
    amend_kpi(company, **by, kpi_id=conversion, said={"low": "1"})
    assert seen(company).rest == data_version(company)


def test_what_was_written_past_all_commands_may_change_all(company: Engine) -> None:
    record(company, 9.5)
    seen(company)
    record(company, 9.6)
    with closing(sqlite3.connect(company.url.database or "")) as connection, connection:
        connection.execute("UPDATE company SET version = version + 1")
    assert seen(company).rest == data_version(company)


def test_very_many_readings_are_not_gone_through(company: Engine) -> None:
    seen(company)
    days = [MONDAY - timedelta(weeks=week) for week in range(MOST)]
    bring(
        company,
        readings=[ReadingRow(team="Sales", kpi="Conversion", date=day, value=9) for day in days],
    )
    assert seen(company).rest == data_version(company)


def test_a_snapshot_older_than_what_another_saw_keeps_nothing(company: Engine) -> None:
    with snapshot(company) as connection:
        assert changed(connection) is not None
        record(company, 9.5)
        seen(company)
        assert changed(connection) is None


def test_what_did_not_change_is_known_and_never_newer_than_asked_for(company: Engine) -> None:
    kept: KeptRows[str] = KeptRows(8)
    read: list[int] = []

    def each(at: Changed | None) -> Mapping[int, str]:
        read.clear()

        def told(keys: Collection[int]) -> dict[int, str]:
            read.extend(keys)
            return {key: f"row {key} of {at and at.version}" for key in keys}

        return kept.each(at, [1, 2], "asked", told)

    each(Changed(company, 5, rest=5))
    assert read == [1, 2]
    found = each(Changed(company, 7, rest=5, kpis={2: 7, 3: 6}))
    assert (read, found) == ([2], {1: "row 1 of 5", 2: "row 2 of 7"})
    each(Changed(company, 6, rest=5))
    assert read == [1, 2]
    each(Changed(company, 8, rest=8))
    assert read == [1, 2]
    each(None)
    assert read == [1, 2]


def test_what_hangs_on_more_is_known_until_any_of_it_changes(company: Engine) -> None:
    kept: KeptRead[int] = KeptRead(8)

    def get(at: Changed) -> int:
        return kept.get(at, "asked", lambda seen, _: seen.of_objectives(1), lambda: at.version)

    assert get(Changed(company, 5, rest=3)) == 5
    assert get(Changed(company, 6, rest=3, kpis={2: 6})) == 5
    assert get(Changed(company, 7, rest=3, kpis={1: 7})) == 7
    assert get(Changed(company, 8, rest=3, check_ins=8)) == 8

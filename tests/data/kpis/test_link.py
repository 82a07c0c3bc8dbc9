"""A declared field on its whole way: the web address where a KPI's numbers are kept."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.core.database import data_version, open_database
from data.core.errors import CommandRejected, Conflict
from data.exchange.importing import import_tables
from data.exchange.read import read
from data.exchange.write import write
from data.history.queries import Asked, history
from data.kpis.commands.kpis import amend_kpi
from data.kpis.queries.kpi import kpi
from data.screens.settings import SettingsLook, settings
from tests.data.builders import TODAY, exported, key, person

REPORT = "https://example.com/report?id=7"


def save(
    engine: Engine, link: str, *, who: str = "Ben", base_version: int | None = None
) -> int | None:
    return amend_kpi(
        engine,
        person_id=person(engine, who),
        kpi_id=key(engine, "kpi", "Conversion"),
        said={"link": link},
        base_version=data_version(engine) if base_version is None else base_version,
    )


def test_what_is_typed_is_shown_told_written_and_read_again(
    company_of_each_kind: Engine, tmp_path: Path
) -> None:
    engine = company_of_each_kind
    save(engine, f" {REPORT} ")
    version, kpi_id = data_version(engine), key(engine, "kpi", "Conversion")
    view = kpi(engine, version, kpi_id, TODAY)
    assert view is not None
    assert view.link == REPORT
    rows = settings(engine, version, SettingsLook("kpis", key(engine, "team", "Acme"), TODAY)).rows
    assert {row.kpi.link for row in rows if row.name == "Conversion"} == {REPORT}
    (told,) = history(engine, version, Asked()).done[0].changes
    assert (told.field, told.before, told.after) == ("link", "", REPORT)

    tables = exported(engine)
    write(tables, tmp_path / "company")
    loaded = read(tmp_path / "company")
    again = open_database(f"sqlite:///{tmp_path / 'again.db'}")
    import_tables(again, loaded.tables)
    assert exported(again) == tables
    again.dispose()


def test_a_file_without_the_column_keeps_it_and_one_with_it_changes_it(
    company_of_each_kind: Engine,
) -> None:
    engine = company_of_each_kind
    save(engine, REPORT)
    tables = exported(engine)
    (row,) = [each for each in tables.kpis if each.kpi == "Conversion"]
    tables.kpis = [replace(row, link="")]
    tables.given = {"kpis": frozenset({"team", "kpi"})}
    import_tables(engine, tables)
    assert [each.link for each in exported(engine).kpis if each.link] == [REPORT]
    tables.given = {}
    import_tables(engine, tables)
    assert [each.link for each in exported(engine).kpis if each.link] == []


def test_whoever_saves_second_sees_what_stands(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    base_version = data_version(engine)
    save(engine, REPORT, who="Ana", base_version=base_version)
    with pytest.raises(Conflict) as conflict:
        save(engine, "https://example.com/other", base_version=base_version)
    theirs = conflict.value.theirs
    assert (theirs.field, theirs.text, theirs.who) == ("link", REPORT, "Ana")


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "example.com/report", "https://", "https://[", "https://a b"]
)
def test_only_a_web_address_is_taken(company: Engine, typed: str) -> None:
    with pytest.raises(CommandRejected) as refused:
        save(company, typed)
    assert refused.value.field == "link"
    assert "write it like https://example.com/report" in refused.value.message

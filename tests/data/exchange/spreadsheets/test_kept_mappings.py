"""A mapping that was used is kept by its headings, with the import that used it."""

from dataclasses import replace

from sqlalchemy import Engine

from data.company.fields import TeamRow
from data.core.database import data_version
from data.exchange.importing import Imported, import_tables
from data.exchange.spreadsheets.kept_mappings import headings_of, kept_mappings
from data.exchange.spreadsheets.mapping import Mapping
from data.exchange.tables import Tables
from data.history.queries import Asked, history
from data.history.undo import undo
from data.identity.people import introduce
from tests.data.builders import Clock
from tests.data.exchange.spreadsheets.mappings import wide


def bring_in(engine: Engine, mapping: Mapping, team: str = "Bakery") -> Imported:
    ana = introduce(engine, "Ana")
    tables = Tables(teams=[TeamRow(team=team)])
    return import_tables(engine, tables, person_id=ana, mapping=mapping)


def test_it_is_kept_and_goes_with_its_import(engine: Engine, clock: Clock) -> None:
    imported = bring_in(engine, wide())
    assert kept_mappings(engine) == (wide(),)
    assert imported.command_id is not None
    undo(engine, imported.command_id, person_id=introduce(engine, "Ana"))
    assert kept_mappings(engine) == ()
    bring_in(engine, wide())
    assert kept_mappings(engine) == (wide(),)


def test_a_dry_run_keeps_nothing(engine: Engine, clock: Clock) -> None:
    import_tables(engine, Tables(teams=[TeamRow(team="Bakery")]), dry_run=True, mapping=wide())
    assert kept_mappings(engine) == ()


def test_a_later_one_of_the_same_headings_takes_its_place(engine: Engine, clock: Clock) -> None:
    bring_in(engine, wide("Jan 26"))
    later = wide("Jan 26", "Feb 26", heading=" kpi ", answers={"team/KPI/": "Bakery"})
    bring_in(engine, later)
    other = wide(heading="Kennzahl")
    bring_in(engine, other)
    assert kept_mappings(engine) == (other, later)


def test_the_same_mapping_again_changes_nothing(engine: Engine, clock: Clock) -> None:
    bring_in(engine, wide())
    version = data_version(engine)
    assert bring_in(engine, wide()).command_id is None
    assert data_version(engine) == version


def test_the_history_names_it_and_shows_no_file(engine: Engine, clock: Clock) -> None:
    bring_in(engine, wide("Jan 26"))
    bring_in(engine, wide("Jan 26", "Feb 26"), team="Shop")
    told = history(engine, data_version(engine), Asked()).done
    changes = [(each.kind, each.field) for done in told for each in done.changes]
    assert changes.count(("import mapping", "")) == 1
    assert ("import mapping", "mapping") not in changes


def test_headings_of_a_sheet_that_is_not_read_do_not_count() -> None:
    mapping = wide()
    ignored = Mapping((*mapping.sheets, *wide(heading="Notes").sheets))
    assert headings_of(ignored) != headings_of(mapping)
    (sheet,) = wide(heading="Notes").sheets
    left_out = replace(sheet, is_read=False)
    assert headings_of(Mapping((*mapping.sheets, left_out))) == headings_of(mapping)

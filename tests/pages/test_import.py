"""The import page: nothing before it is said so, all that is wrong, and the way back."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.ui import words
from data.company.fields import PersonRow, TeamRow
from data.core.database import data_version
from data.exchange.import_template import blank_workbook
from data.exchange.importing import import_tables
from data.exchange.queries import longest_table
from data.exchange.tables import Tables
from data.exchange.write_workbook import write_workbook
from data.kpis.fields import KpiRow, ReadingRow
from models import Cadence, Role
from tests.data.builders import exported

PAGE = str(Path(__file__).parents[2] / "app.py")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Open = Callable[..., AppTest]


@pytest.fixture
def engine(new_company: Engine) -> Engine:
    return new_company


@pytest.fixture
def company(engine: Engine) -> Engine:
    import_tables(engine, bakery())
    return engine


@pytest.fixture
def open_page(engine: Engine) -> Open:
    def open_page(name: str = "Ana") -> AppTest:
        app = AppTest.from_file(PAGE, default_timeout=30)
        if name:
            app.session_state["person"] = name
        # Only a run tells which pages there are.
        return app.run().switch_page("pages/import_data/page.py").run()

    return open_page


def bakery(value: float = 4, people: tuple[PersonRow, ...] = (PersonRow(person="Ana"),)) -> Tables:
    return Tables(
        teams=[TeamRow(team="Bakery", line=2)],
        people=list(people),
        kpis=[KpiRow(team="Bakery", kpi="Waste", unit="%", high=5, cadence=Cadence.WEEKLY, line=2)],
        readings=[ReadingRow(team="Bakery", kpi="Waste", date=date(2026, 11, 2), value=value)],
    )


def workbook(tables: Tables) -> tuple[str, bytes, str]:
    file = io.BytesIO()
    write_workbook(tables, file)
    return "bakery.xlsx", file.getvalue(), XLSX


def drop(app: AppTest, *files: tuple[str, bytes, str]) -> AppTest:
    app.file_uploader[0].set_value(list(files)).run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def told(app: AppTest) -> list[str]:
    kinds = (app.header, app.success, app.info, app.warning)
    return [element.value for elements in kinds for element in elements]


def tables(app: AppTest) -> list[dict[str, list[str]]]:
    return [table.value.to_dict(orient="list") for table in app.table]


def problems(app: AppTest) -> list[str]:
    """Give the blocks of all lists of problems and remarks."""
    lists = [each.value for each in app.markdown if each.value.startswith("- ")]
    return [block for each in lists for block in each.removeprefix("- ").split("\n- ")]


def test_a_workbook_is_seen_then_imported_then_taken_back(company: Engine, open_page: Open) -> None:
    before = exported(company)
    app = drop(open_page(), workbook(bakery(value=5.5)))
    assert "0 rows new, 1 changed, 3 equal." in told(app)
    assert tables(app)[0]["≠ changed"] == ["–", "–", "–", "1"]
    assert app.selectbox(key="preview file").value == "readings"
    assert tables(app)[1]["value"] == ["4 → **5\\.5**"]
    assert exported(company) == before
    press(app, "Import 1 row")
    assert [success.value for success in app.success] == ["Imported: 0 new, 1 changed."]
    assert [row.value for row in exported(company).readings] == [4, 5.5]
    press(app, "Take the import back")
    assert [success.value for success in app.success] == ["The import is taken back."]
    assert exported(company) == before


def test_the_first_company_takes_the_place_of_the_sample(engine: Engine, open_page: Open) -> None:
    app = open_page("Amara Osei")
    assert any("Sample company" in element.value for element in app.markdown)
    drop(app, workbook(bakery()))
    press(app, "Import 4 rows")
    assert not any("Sample company" in element.value for element in app.markdown)
    assert [row.team for row in exported(engine).teams] == ["Bakery"]
    press(app, "Take the import back")
    assert exported(engine).teams == []


def test_all_that_is_wrong_is_listed_and_nothing_offered(company: Engine, open_page: Open) -> None:
    before = exported(company)
    readings = (
        "team,kpi,date,value\n"
        "Bakery,Waste,2026-11-09,5\n"
        "Bakery,Waste,09/11/2026,5\n"
        "Bakery,Crumbs,2026-11-09,5\n"
        "Bakery,Waste,2026-11-16,<b>6</b>\n"
    )
    app = drop(open_page(), ("readings.csv", readings.encode(), "text/csv"))
    assert "3 problems to put right first. Nothing is imported until there are none." in told(app)
    first, second, third = problems(app)
    assert first.startswith("**readings\\.csv, row 3**: date 09/11/2026 could be two days")
    assert first.endswith("→ write 2026\\-11\\-09 or 2026\\-09\\-11, whichever is meant")
    assert "row 4**: unknown KPI “Crumbs” of Bakery" in second
    assert "row 5**: value \\<b\\>6\\</b\\> is not a number" in third
    assert tables(app)[0]["✕ wrong"] == ["3"]
    assert not any(label.startswith("Import ") for label in labels(app))
    assert exported(company) == before


def test_who_looks_only_sees_why_not(engine: Engine, open_page: Open) -> None:
    people = (
        PersonRow(person="Ana", team="Bakery", role=Role.ADMIN),
        PersonRow(person="Vic", team="Bakery", role=Role.VIEWER),
    )
    import_tables(engine, bakery(people=people))
    app = open_page("Vic")
    assert words.escaped("Only an admin may do this: ask Ana.") in told(app)
    drop(app, workbook(bakery(value=5.5, people=people)))
    (button,) = [each for each in app.button if each.label == "Import 1 row"]
    assert button.disabled
    assert words.escaped("Only an admin may do this: ask Ana.") in told(app)


def test_without_a_name_nothing_is_imported(company: Engine, open_page: Open) -> None:
    app = drop(open_page(""), workbook(bakery(value=5.5)))
    (button,) = [each for each in app.button if each.label == "Import 1 row"]
    assert button.disabled
    assert any("Pick your name" in each for each in told(app))


def test_a_file_of_another_country_is_imported_as_it_was_dropped(
    company: Engine, open_page: Open
) -> None:
    content = "team;kpi;date;value;note\nBakery;Waste;09.11.2026;5,5;Öfen\n".encode("cp1252")
    app = drop(open_page(), ("readings.csv", content, "text/csv"))
    (remark,) = problems(app)
    assert "; between cells, decimal commas and 09\\.11\\.2026 as 9 Nov 2026" in remark
    press(app, "Import 1 row")
    (_, row) = exported(company).readings
    assert (row.date, row.value, row.note) == (date(2026, 11, 9), 5.5, "Öfen")


def test_what_was_left_out_stands_beside_what_is_wrong(company: Engine, open_page: Open) -> None:
    content = b"team,kpi,date,value,colour\nBakery,Crumbs,2026-11-09,5,red\n"
    app = drop(
        open_page(),
        ("readings.csv", content, "text/csv"),
        ("crumbs.csv", b"team,kpi\nBakery,Crumbs\n", "text/csv"),
    )
    blocks = [block.split("  \n")[0] for block in problems(app)]
    assert blocks == [
        "**crumbs\\.csv**: is left out",
        "**readings\\.csv**: left out the unknown column colour",
        "**readings\\.csv, row 2**: unknown KPI “Crumbs” of Bakery",
    ]


def test_a_blank_workbook_is_not_said_to_be_here_already(company: Engine, open_page: Open) -> None:
    app = drop(open_page(), ("blank.xlsx", blank_workbook(), XLSX))
    assert "There are no rows in it yet: fill a sheet in and drop it again." in told(app)


def test_who_imports_may_own_what_they_bring(engine: Engine, open_page: Open) -> None:
    own = bakery(people=())
    own.kpis[0] = replace(own.kpis[0], owner="Amara Osei")
    app = drop(open_page("Amara Osei"), workbook(own))
    assert problems(app) == []
    press(app, "Import 3 rows")
    assert [row.owner for row in exported(engine).kpis] == ["Amara Osei"]


def test_what_others_changed_meanwhile_is_previewed_anew(company: Engine, open_page: Open) -> None:
    app = drop(open_page(), workbook(bakery(value=5.5)))
    import_tables(company, bakery(value=5.5))
    press(app, "Import 1 row")
    assert "All of this is here already: nothing to import." in told(app)


def test_the_longest_table_is_counted(company: Engine) -> None:
    assert longest_table(company, data_version(company)) == 1


def test_another_file_may_be_brought_in_instead(company: Engine, open_page: Open) -> None:
    app = drop(open_page(), workbook(bakery(value=5.5)))
    press(app, "← Bring in something else")
    assert not told(app)
    drop(app, workbook(bakery(value=6.5)))
    assert tables(app)[1]["value"] == ["4 → **6\\.5**"]


def test_one_table_is_offered_and_everything(company: Engine, open_page: Open) -> None:
    app = open_page()
    offered = [each.proto.label for each in app.get("download_button")]
    assert offered == ["Download CSV", "Download everything", "Download a blank workbook"]


def test_a_newcomer_in_their_own_file_is_counted_as_the_preview_said(
    engine: Engine, open_page: Open
) -> None:
    people = (PersonRow(person="Amara Osei", email="amara@bakery.test", team="Bakery"),)
    app = drop(open_page("Amara Osei"), workbook(bakery(people=people)))
    assert "4 rows new, 0 changed, 0 equal." in told(app)
    press(app, "Import 4 rows")
    assert [success.value for success in app.success] == ["Imported: 4 new, 0 changed."]

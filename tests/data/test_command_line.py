"""The command line: what it says, what it leaves behind, and how it ends."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data.__main__ import main
from data.core.database import data_version, open_database
from data.exchange.read import read
from data.exchange.write import write
from tests.data.builders import acme, address, everything, exported, record
from tests.data.storing import restore, statements_of

Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that holds the small company."""
    write(acme(), tmp_path / "acme")
    return tmp_path / "acme"


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    of_each_kind = "engine" in request.fixturenames
    found = request.getfixturevalue("engine" if of_each_kind else "sqlite_url")
    monkeypatch.setenv("MILEPOST_DATABASE_URL", address(found) if of_each_kind else found)


def test_import_brings_a_folder_in(engine: Engine, folder: Path, capsys: Output) -> None:
    assert main(["import", str(folder)]) == 0
    assert exported(engine) == read(folder).tables
    said, complaints = capsys.readouterr()
    assert "kpis                 4 new         0 changed         0 unchanged" in said
    assert complaints == ""


def test_import_brings_a_workbook_in(engine: Engine, tmp_path: Path) -> None:
    write(acme(), tmp_path / "acme.xlsx")
    assert main(["import", str(tmp_path / "acme.xlsx")]) == 0
    assert exported(engine) == acme()


def test_a_second_import_says_that_nothing_changed(
    file: Engine, folder: Path, capsys: Output
) -> None:
    main(["import", str(folder)])
    before = everything(file)
    capsys.readouterr()
    assert main(["import", str(folder)]) == 0
    assert "Nothing changed." in capsys.readouterr().out
    assert everything(file) == before


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    file: Engine, folder: Path, capsys: Output
) -> None:
    before = everything(file)
    assert main(["import", str(folder), "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "4 new" in said
    assert "This was a dry run: nothing was written." in said
    assert everything(file) == before


def test_bad_input_is_listed_whole_and_nothing_is_written(
    file: Engine, folder: Path, capsys: Output
) -> None:
    (folder / "readings.csv").write_text(
        "team,kpi,date,value\nSales,Visits,2026-05-01,12\nWest,Visits,2026-05-01,12\n"
        "Sales,Clicks,2026-05-01,12\n"
    )
    before = everything(file)
    assert main(["import", str(folder)]) == 2
    said, complaints = capsys.readouterr()
    assert said == ""
    assert complaints.splitlines() == [
        "readings.csv:3: unknown team “West”: add it to teams, or correct the name",
        "readings.csv:4: unknown KPI “Clicks” of Sales: add it to kpis, or correct the name",
        "2 problems. Nothing was written.",
    ]
    assert everything(file) == before


def test_a_cell_that_cannot_be_read_is_listed(file: Engine, folder: Path, capsys: Output) -> None:
    (folder / "readings.csv").write_text("team,kpi,date,value\nSales,Visits,2026-05-01,many\n")
    before = everything(file)
    assert main(["import", str(folder)]) == 2
    complaints = capsys.readouterr().err
    assert complaints.startswith("readings.csv:2: value many is not a number: ")
    assert "1 problem. Nothing was written." in complaints
    assert everything(file) == before


def test_a_problem_in_a_workbook_names_its_sheet(
    file: Engine, tmp_path: Path, capsys: Output
) -> None:
    tables = acme()
    del tables.teams[2:]
    write(tables, tmp_path / "acme.xlsx")
    assert main(["import", str(tmp_path / "acme.xlsx")]) == 2
    assert capsys.readouterr().err.startswith("acme.xlsx[kpis]:5: unknown team “Support”: ")


def test_what_is_left_out_is_told_and_the_rest_brought_in(
    file: Engine, folder: Path, capsys: Output
) -> None:
    (folder / "budget.csv").write_text("team,euros\nSales,12\n")
    assert main(["import", str(folder)]) == 0
    assert capsys.readouterr().err.startswith("budget.csv:1: is left out: ")
    assert exported(file) == acme()


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
def test_export_writes_what_import_reads(company: Engine, name: str, tmp_path: Path) -> None:
    record(company, 9)
    assert main(["export", str(tmp_path / name)]) == 0
    assert read(tmp_path / name).tables == exported(company)


def test_export_says_how_much_it_wrote(company: Engine, tmp_path: Path, capsys: Output) -> None:
    assert main(["export", str(tmp_path / "out")]) == 0
    rows = sum(len(rows) for _, rows in acme().items())
    assert capsys.readouterr().out == f"{rows} rows written to {tmp_path / 'out'}\n"


def test_a_place_that_cannot_be_written_is_named(
    company: Engine, tmp_path: Path, capsys: Output
) -> None:
    (tmp_path / "taken").write_text("a file")
    assert main(["export", str(tmp_path / "taken")]) == 2
    assert "taken" in capsys.readouterr().err


def test_backup_and_restore_take_back_what_came_between(
    company: Engine, tmp_path: Path, capsys: Output
) -> None:
    copy = str(tmp_path / "copy.db")
    assert main(["backup", copy]) == 0
    record(company, 9)
    assert main(["restore", copy]) == 0
    assert exported(company) == acme()
    said = capsys.readouterr().out
    assert f"Copied to {copy}" in said
    assert "The file that was there is now " in said


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_server_is_left_to_its_own_tools(
    command: str, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", "postgresql://localhost/milepost")
    assert main([command, str(tmp_path / "copy.db")]) == 2
    assert "PostgreSQL" in capsys.readouterr().err


def test_migrate_makes_the_tables(sqlite_url: str, tmp_path: Path, capsys: Output) -> None:
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out == "The tables are up to date.\n"
    assert (tmp_path / "milepost.db").exists()


def test_a_database_of_a_newer_program_is_named(
    sqlite_url: str, tmp_path: Path, capsys: Output
) -> None:
    engine = open_database(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    # The same file by another name: this program has not opened it yet.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILEPOST_DATABASE_URL", f"sqlite:///{tmp_path}/./milepost.db")
        assert main(["migrate"]) == 2
    assert "install the newer version" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["migrate"], ["backup", "copy.db"], ["export", "out"]])
def test_an_address_that_is_none_is_named(
    command: list[str], capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", "milepost.db")
    assert main(command) == 2
    assert "MILEPOST_DATABASE_URL" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["import"], ["explode"], ["migrate", "now"]])
def test_what_it_does_not_know_it_explains(arguments: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m data")


def test_it_runs_as_a_program(company: Engine, folder: Path) -> None:
    (folder / "teams.csv").write_text("team\nWest\n")
    before = data_version(company)
    run = subprocess.run(
        [sys.executable, "-m", "data", "import", str(folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "teams                1 new" in run.stdout
    assert data_version(company) == before + 1


def test_unknown_names_are_listed_with_bad_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", f"sqlite:///{tmp_path / 'milepost.db'}")
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "Teams.csv").write_text("team,parent\nBakery,\n")
    (folder / "kpis.csv").write_text("team,kpi,low,cadence\nBakery,Loaves,1,weekly\n")
    (folder / "readings.csv").write_text(
        "team,kpi,date,value\n"
        "Bakery,Loaves,31/02,4\n"
        "Dairy,Loaves,2026-03-02,4\n"
        "Bakery,Buns,2026-03-02,4\n"
    )
    assert main(["import", str(folder)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1] for line in lines[:3]] == ["2", "3", "4"]
    assert "31/02 is not a date" in lines[0]
    assert "unknown team “Dairy”" in lines[1]
    assert "unknown KPI “Buns”" in lines[2]
    assert lines[3] == "3 problems. Nothing was written."


def test_migrate_tells_how_far_it_has_come(sqlite_url: str, capsys: Output) -> None:
    restore(statements_of("0003", "sqlite"), sqlite_url)
    assert main(["migrate"]) == 0
    said, progress = capsys.readouterr()
    assert said == "The tables are up to date.\n"
    assert progress.splitlines() == [
        "Signals are computed again: 0 of 7 KPIs",
        "Signals are computed again: 7 of 7 KPIs",
    ]
    main(["migrate"])
    assert capsys.readouterr() == (said, "")

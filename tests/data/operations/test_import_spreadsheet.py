"""A spreadsheet from the command line: proposed, corrected, imported, or refused with a reason."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.__main__ import main
from data.exchange.spreadsheets.kept_mappings import kept_mappings
from tests.data.builders import address, everything, exported

Output = pytest.CaptureFixture[str]
WIDE = "KPI,Unit,Target,Jan 26,Feb 26\nScrap rate,%,< 4.5,4.1,4.0\nRevenue,kEUR,> 120,118.4,\n"


@pytest.fixture(autouse=True)
def _database(file: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", address(file))


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    path = tmp_path / "figures.csv"
    path.write_text(WIDE)
    return path


def run(*arguments: object) -> int:
    return main(["import", *map(str, arguments)])


def test_a_mapping_is_written_beside_it_then_used(
    file: Engine, figures: Path, capsys: Output
) -> None:
    before = everything(file)
    assert run(figures, "--propose", "--team", "Bakery") == 0
    mapping = figures.with_name("mapping.toml")
    assert f'--mapping "{mapping}"' in capsys.readouterr().out
    assert '{heading = "Target", role = "target"}' in mapping.read_text()
    assert everything(file) == before
    assert run(figures, "--mapping", mapping, "--dry-run") == 0
    assert "This was a dry run" in capsys.readouterr().out
    assert everything(file) == before
    assert run(figures, "--mapping", mapping) == 0
    assert "readings             3 new" in capsys.readouterr().out
    assert sorted((row.kpi, row.low, row.high) for row in exported(file).kpis) == [
        ("Revenue", 120, None),
        ("Scrap rate", None, 4.5),
    ]
    assert len(kept_mappings(file)) == 1


def test_what_was_corrected_in_the_file_counts(file: Engine, figures: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "ours.toml"
    assert run(figures, "--propose", "--mapping", mapping, "--team", "Bakery") == 0
    proposed = mapping.read_text()
    mapping.write_text(
        proposed.replace('"Target", role = "target"', '"Target", role = "leave out"')
    )
    assert run(figures, "--mapping", mapping) == 0
    assert {(row.low, row.high) for row in exported(file).kpis} == {(None, None)}


def test_the_team_may_be_said_with_the_import(file: Engine, figures: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "ours.toml"
    run(figures, "--propose", "--mapping", mapping)
    assert run(figures, "--mapping", mapping, "--team", "Shop") == 0
    assert {row.team for row in exported(file).kpis} == {"Shop"}


def test_an_open_question_is_named_and_nothing_is_written(
    file: Engine, tmp_path: Path, capsys: Output
) -> None:
    path = tmp_path / "one.csv"
    path.write_text("Date,Scrap\n03/04/2026,4.1\n05/06/2026,4.2\n")
    assert run(path, "--propose", "--team", "Bakery") == 0
    assert "open question" in capsys.readouterr().out
    before = everything(file)
    assert run(path, "--mapping", tmp_path / "mapping.toml") == 2
    said = capsys.readouterr().err
    assert "mapping.toml:1: day order of 03/04/2026" in said
    assert "under [answers]" in said
    assert everything(file) == before


def test_without_a_mapping_the_way_out_is_said(file: Engine, figures: Path, capsys: Output) -> None:
    assert run(figures) == 2
    said = capsys.readouterr().err
    assert said.startswith("figures.csv:1: ")
    assert f"python -m data import {figures} --propose" in said


def test_a_mapping_that_is_none_or_not_there_is_refused(
    file: Engine, figures: Path, tmp_path: Path, capsys: Output
) -> None:
    assert run(figures, "--mapping", tmp_path / "none.toml") == 2
    assert "none.toml: No such file" in capsys.readouterr().err
    (tmp_path / "bad.toml").write_text("sheets = 3")
    assert run(figures, "--mapping", tmp_path / "bad.toml") == 2
    assert "bad.toml:1: sheets" in capsys.readouterr().err
    assert run(tmp_path, "--propose") == 2
    assert "is a folder" in capsys.readouterr().err

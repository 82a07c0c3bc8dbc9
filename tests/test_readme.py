"""The README's example works as it is written there."""

import re
from pathlib import Path

import pytest

from data.__main__ import main
from data.core.fields import Row, columns
from data.exchange.tables import FILES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    folder = tmp_path / "bakery"
    folder.mkdir()
    for name, text in re.findall(r"`(\w+\.csv)`\n\n```csv\n(.*?)```", README, re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_three_small_files_import(
    bakery: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", f"sqlite:///{tmp_path / 'milepost.db'}")
    assert sorted(path.name for path in bakery.iterdir()) == [
        "kpis.csv",
        "readings.csv",
        "teams.csv",
    ]
    assert main(["import", str(bakery), "--dry-run"]) == 0
    assert "This was a dry run" in capsys.readouterr().out
    assert main(["import", str(bakery)]) == 0
    assert "4 new" in capsys.readouterr().out
    assert main(["import", str(bakery)]) == 0
    assert "Nothing changed." in capsys.readouterr().out


@pytest.mark.parametrize(("name", "row"), FILES.items())
def test_the_table_of_columns_is_that_of_the_format(name: str, row: type[Row]) -> None:
    assert f"| {name} | {', '.join(column.name for column in columns(row))} |" in README


def test_what_the_readme_shows_is_there() -> None:
    for path in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / path).exists()

"""Accidents of a database file: noticed before anything is written that would be lost."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.__main__ import main
from data.core.database import data_version, snapshot
from data.core.errors import Unreachable
from data.core.problems import Code
from data.operations.backup import Unsuited, backup, restore
from tests.data.builders import everything, record

NOT_SAVED = "Not saved: {}. What you typed is still here. Whoever runs Milepost can {}."
RESTORE = "restore a copy with “python -m data restore COPY”"
GONE = NOT_SAVED.format(
    "the file of the database was deleted or moved",
    f"put it back, or {RESTORE} and start it again",
)
REPLACED = NOT_SAVED.format(
    "another file stands in place of the database",
    "put the right file back, or start it again to go on with this one",
)
DAMAGED = NOT_SAVED.format("the file of the database is damaged", RESTORE)
PAGE = 4096

Output = pytest.CaptureFixture[str]


@pytest.fixture
def path(company: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file of the small company, which is open."""
    monkeypatch.setenv("MILEPOST_DATABASE_URL", f"sqlite:///{tmp_path}/./milepost.db")
    record(company, 8)
    return tmp_path / "milepost.db"


def refusal(engine: Engine) -> str:
    """Give the answer to somebody who saves."""
    with pytest.raises(Unreachable) as told:
        record(engine, 9)
    assert told.value.code is Code.UNREACHABLE
    return told.value.message


def deleted(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def replaced(path: Path) -> None:
    shutil.copy(path, path.with_name("other.db"))
    path.with_name("other.db").replace(path)


@pytest.mark.parametrize(
    ("accident", "said"), [(deleted, GONE), (moved, GONE), (replaced, REPLACED)]
)
def test_nothing_is_written_to_a_file_that_is_no_longer_there(
    company: Engine, path: Path, accident: Callable[[Path], None], said: str
) -> None:
    before = everything(company)
    accident(path)
    assert refusal(company) == said
    assert everything(company) == before
    assert path.exists() == (accident is replaced)


def test_a_file_that_is_put_back_is_written_to_again(company: Engine, path: Path) -> None:
    moved(path)
    assert refusal(company) == GONE
    path.with_name("elsewhere.db").rename(path)
    assert record(company, 9) is not None


def test_no_further_connection_makes_a_file_anew(company: Engine, path: Path) -> None:
    company.dispose()
    with company.connect():
        deleted(path)
        with pytest.raises(Unreachable, match="deleted or moved"), snapshot(company):
            pass
    assert not path.exists()


def test_after_a_new_start_the_file_that_is_there_counts(company: Engine, path: Path) -> None:
    replaced(path)
    assert refusal(company) == REPLACED
    company.dispose()
    assert record(company, 9) is not None


def damage(path: Path, *pages: int) -> None:
    """Overwrite pages of a file, as a disk that fails does."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    for page in pages or range(3, len(content) // PAGE):
        content[page * PAGE : (page + 1) * PAGE] = b"\xff" * PAGE
    path.write_bytes(content)


def root(path: Path, table: str) -> int:
    """Give the number of a table's first page, from 0."""
    with closing(sqlite3.connect(path)) as database:
        found = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
        return int(found.fetchone()[0]) - 1


def test_what_meets_a_damage_stops_all_writing_until_it_is_mended(
    company: Engine, path: Path, tmp_path: Path
) -> None:
    backup(f"sqlite:///{path}", tmp_path / "copy.db")
    company.dispose()
    damage(path, root(path, "annotation"))
    # A save does not come across it.
    assert record(company, 9) is not None
    with pytest.raises(Unreachable), snapshot(company) as connection:
        connection.exec_driver_sql("SELECT * FROM annotation").all()
    assert refusal(company) == DAMAGED
    restore(tmp_path / "copy.db", f"sqlite:///{path}")
    assert record(company, 9) is not None


def test_a_damaged_file_is_not_copied(company: Engine, path: Path, tmp_path: Path) -> None:
    company.dispose()
    damage(path, root(path, "annotation"))
    with pytest.raises(Unsuited) as told:
        backup(f"sqlite:///{path}", tmp_path / "copy.db")
    assert str(told.value) == (
        f"{path} is damaged: nothing was copied. Whoever runs Milepost can {RESTORE}."
    )
    assert not list(tmp_path.glob("copy.db*"))


@pytest.mark.parametrize("table", ["reading", "kpi"])
def test_a_damaged_file_is_told_by_each_command(
    company: Engine, path: Path, table: str, tmp_path: Path, capsys: Output
) -> None:
    company.dispose()
    damage(path, root(path, table))
    for command in ("export", "backup"):
        assert main([command, str(tmp_path / "out")]) == 2
        said, complaint = capsys.readouterr()
        assert said == ""
        assert "is damaged" in complaint
        assert RESTORE in complaint
        assert "Traceback" not in complaint


@pytest.mark.parametrize("pages", [(), (0,)])
def test_a_copy_is_restored_over_a_damaged_file(
    company: Engine, path: Path, tmp_path: Path, pages: tuple[int, ...]
) -> None:
    url, before = f"sqlite:///{path}", data_version(company)
    backup(url, tmp_path / "copy.db")
    then = everything(company)["reading"]
    company.dispose()
    damage(path, *pages)
    kept = restore(tmp_path / "copy.db", url)
    assert kept is not None
    assert kept.exists()
    assert everything(company)["reading"] == then
    assert data_version(company) > before
    assert record(company, 9) is not None

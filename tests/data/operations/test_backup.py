"""Copies of a database file, made while people work and put back whole."""

import sqlite3
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.core.database import data_version, open_database
from data.operations.backup import Unsuited, backup, restore
from tests.data.builders import MONDAY, Clock, everything, exported, gauge, record, seen


@pytest.fixture
def url(company: Engine, sqlite_url: str) -> str:
    """Give the address of the small company's file."""
    return sqlite_url


def test_a_copy_holds_what_the_data_hold(company: Engine, url: str, tmp_path: Path) -> None:
    record(company, 9)
    backup(url, tmp_path / "copy.db")
    copy = open_database(f"sqlite:///{tmp_path / 'copy.db'}")
    assert everything(copy) == everything(company)
    copy.dispose()


def test_a_copy_made_while_people_write_is_whole(company: Engine, url: str, tmp_path: Path) -> None:
    done = threading.Event()
    recorded: list[int | None] = []

    def write() -> None:
        while not done.is_set():
            recorded.append(record(company, len(recorded)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            acknowledged = len(recorded)
            while len(recorded) == acknowledged:
                time.sleep(0.001)
            acknowledged = len(recorded)
            backup(url, tmp_path / f"copy {number}.db")
            with closing(sqlite3.connect(tmp_path / f"copy {number}.db")) as copy:
                assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                (kept,) = copy.execute("SELECT count(*) FROM reading").fetchone()
                (logged,) = copy.execute(
                    "SELECT count(*) FROM command WHERE name = 'record reading'"
                ).fetchone()
            assert kept == logged >= acknowledged
    finally:
        done.set()
        writer.join()


def test_a_copy_needs_no_file_beside_it(url: str, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "copy.db"
    target.parent.mkdir()
    backup(url, target)
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]


def test_a_copy_never_takes_the_place_of_a_file(url: str, tmp_path: Path) -> None:
    target = tmp_path / "precious.db"
    target.write_text("precious")
    with pytest.raises(Unsuited, match="exists already"):
        backup(url, target)
    assert target.read_text() == "precious"


def test_a_copy_needs_a_folder(url: str, tmp_path: Path) -> None:
    with pytest.raises(Unsuited, match="not a folder"):
        backup(url, tmp_path / "away" / "copy.db")


def test_there_must_be_something_to_copy(tmp_path: Path) -> None:
    with pytest.raises(Unsuited, match="nothing to copy"):
        backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_server_is_copied_by_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(Unsuited, match="use pg_dump"):
        backup("postgresql://localhost/milepost", tmp_path / "copy.db")
    with pytest.raises(Unsuited, match="use pg_restore"):
        restore(tmp_path / "copy.db", "postgresql://localhost/milepost")


def test_a_restored_copy_stands_and_what_was_there_is_kept(
    company: Engine, url: str, tmp_path: Path
) -> None:
    record(company, 9)
    then = exported(company)
    backup(url, tmp_path / "copy.db")
    record(company, 10)
    now = exported(company)
    kept = restore(tmp_path / "copy.db", url)
    assert exported(company) == then
    assert kept is not None
    former = open_database(f"sqlite:///{kept}")
    assert exported(former) == now
    former.dispose()


def test_a_restored_copy_is_seen_by_those_who_are_at_work(
    company: Engine, url: str, tmp_path: Path
) -> None:
    record(company, 9)
    assert gauge(seen(company)).value == 9
    backup(url, tmp_path / "copy.db")
    record(company, 10)
    assert gauge(seen(company)).value == 10
    before = data_version(company)
    restore(tmp_path / "copy.db", url)
    assert data_version(company) > before
    assert gauge(seen(company)).value == 9
    record(company, 11)
    assert gauge(seen(company)).value == 11


def test_a_copy_is_restored_where_nothing_was(company: Engine, url: str, tmp_path: Path) -> None:
    backup(url, tmp_path / "copy.db")
    new = f"sqlite:///{tmp_path / 'new.db'}"
    assert restore(tmp_path / "copy.db", new) is None
    engine = open_database(new)
    assert exported(engine) == exported(company)
    engine.dispose()


def no_database(path: Path) -> None:
    path.write_text("Buy milk. " * 500)


def another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE milk (litres REAL)")


def torn_database(path: Path) -> None:
    whole = path.with_name("milepost.db")
    with closing(sqlite3.connect(whole)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(whole.read_bytes())
    content[8192 : 8192 + 60_000] = bytes(60_000)
    path.write_bytes(content)


def nothing(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("make", [no_database, another_database, torn_database, nothing])
def test_what_is_no_whole_copy_is_refused(
    make: object, company: Engine, url: str, tmp_path: Path
) -> None:
    before, copy = everything(company), tmp_path / "copy.db"
    make(copy)  # type: ignore[operator]
    with pytest.raises(Unsuited, match="choose another copy"):
        restore(copy, url)
    assert everything(company) == before
    assert list(tmp_path.glob("*.before-restore-*")) == []


def test_a_copy_that_is_missing_is_named(url: str, tmp_path: Path) -> None:
    with pytest.raises(Unsuited, match="check the path"):
        restore(tmp_path / "none.db", url)


def test_work_goes_on_after_a_copy(company: Engine, url: str, tmp_path: Path, clock: Clock) -> None:
    backup(url, tmp_path / "copy.db")
    record(company, 9, on=MONDAY - timedelta(days=7))
    assert len(everything(company)["reading"]) == 1

"""Opening the database, reading from one moment of it, writing alone."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, literal, select, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError, StatementError
from sqlmodel import col

import data.core.database
from data.core import sqlite_file
from data.core.database import (
    Unusable,
    data_version,
    now,
    open_database,
    snapshot,
    time_zone,
    writer,
)
from data.core.errors import CommandRejected, Unreachable
from data.core.problems import Code
from data.core.settings import settings as settings_of
from data.core.sqlite_file import file_system
from data.kpis.signals import complete
from models import Company, Moment
from tests.data.builders import MONDAY, NOW, Clock, bring, everything, record
from tests.outage import out_of_reach

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/share /mnt/share nfs4 rw 0 0
/dev/sdb1 /mnt/share/local xfs rw 0 0
//server/docs /mnt/Our\\040documents cifs rw 0 0
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    path = tmp_path / "mounts"
    path.write_text(MOUNTS)
    return path


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 30_000),
    ],
)
def test_every_connection_to_a_file_is_set_up(file: Engine, pragma: str, value: object) -> None:
    with file.connect() as first, file.connect() as second:
        for connection in (first, second):
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_row_that_points_nowhere_is_refused(engine: Engine) -> None:
    insert = text("INSERT INTO pin (kpi_id, team_id, position, version) VALUES (77, 77, 0, 1)")
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(insert)


def test_a_database_is_opened_once(url: str) -> None:
    first = open_database(url)
    assert open_database(url) is first
    first.dispose()


def test_many_threads_that_open_a_database_at_once_get_the_same(sqlite_url: str) -> None:
    opened: list[Engine] = []
    start = threading.Barrier(8)

    def open_it() -> None:
        start.wait()
        opened.append(open_database(sqlite_url))

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 8
    assert len(set(map(id, opened))) == 1
    opened[0].dispose()


@pytest.mark.parametrize(
    ("folder", "system"),
    [
        ("/home/ana", "ext4"),
        ("/tmp/deep/er", "tmpfs"),
        ("/mnt/share", "nfs4"),
        ("/mnt/share/team", "nfs4"),
        ("/mnt/shared", "ext4"),
        ("/mnt/share/local/x", "xfs"),
        ("/mnt/Our documents/kpis", "cifs"),
    ],
)
def test_a_folder_is_on_the_file_system_of_its_nearest_mount(
    mounts: Path, folder: str, system: str
) -> None:
    assert file_system(Path(folder), mounts=mounts) == system


def test_a_machine_that_does_not_tell_its_mounts_is_trusted(tmp_path: Path) -> None:
    assert file_system(tmp_path, mounts=tmp_path / "none") == ""


@pytest.mark.parametrize("system", ["nfs", "nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_network_file_system_is_refused(
    system: str, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data.core.database, "file_system", lambda folder: system)
    with pytest.raises(Unusable, match=f"network file system \\({system}\\).*local disk"):
        open_database(sqlite_url)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="away is not a folder: create it"):
        open_database(f"sqlite:///{tmp_path / 'away' / 'milepost.db'}")


def test_a_path_that_is_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=f"{tmp_path} cannot be opened"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_named_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Buy milk. " * 500)
    with pytest.raises(Unusable, match=r"notes\.txt cannot be opened"):
        open_database(f"sqlite:///{path}")
    assert path.read_text() == "Buy milk. " * 500


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(Unusable, match="cannot be opened") as error:
        open_database("postgresql://ana:secret@127.0.0.1:1/milepost")
    assert "127.0.0.1" in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "url", ["milepost.db", "", "mysql://localhost/milepost", "sqlite3:///x.db"]
)
def test_an_address_that_is_none_is_named(url: str) -> None:
    with pytest.raises(Unusable, match="MILEPOST_DATABASE_URL"):
        open_database(url)


def test_the_version_grows_by_one_with_each_command(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    before = data_version(engine)
    record(engine, 9)
    assert data_version(engine) == before + 1
    record(engine, 10)
    assert data_version(engine) == before + 2


def test_the_version_stays_where_a_command_changes_nothing(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    before = data_version(engine)
    assert record(engine, 9) is None
    assert not bring(engine).changes
    assert data_version(engine) == before


def test_the_version_stays_where_a_command_fails(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    before = data_version(engine)
    with pytest.raises(CommandRejected):
        record(engine, 9, on=MONDAY + timedelta(days=30))
    assert data_version(engine) == before


def test_a_snapshot_reads_one_moment_while_others_write(engine: Engine) -> None:
    version = select(col(Company.version))
    with snapshot(engine) as reader:
        before = reader.execute(version).scalar_one()
        with writer(engine) as (_, raised):
            pass
        assert reader.execute(version).scalar_one() == before
    assert data_version(engine) == raised == before + 1


def test_what_a_failed_writer_wrote_is_gone(engine: Engine) -> None:
    before = data_version(engine)

    def write_and_fail() -> None:
        with writer(engine) as (connection, _):
            connection.execute(update(Company).values(time_zone="Europe/Lisbon"))
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    assert data_version(engine) == before
    with snapshot(engine) as connection:
        assert time_zone(connection) == ZoneInfo("UTC")


def test_writers_wait_for_each_other(engine: Engine) -> None:
    before, versions = data_version(engine), []

    def write() -> None:
        for _ in range(10):
            with writer(engine) as (_, version):
                versions.append(version)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert versions == list(range(before + 1, before + 41))


def test_who_writes_to_a_file_holds_off_others_from_the_start(file: Engine, tmp_path: Path) -> None:
    with file.connect() as connection, closing(sqlite3.connect(tmp_path / "milepost.db")) as other:
        other.execute("PRAGMA busy_timeout = 0")
        with (
            connection.execution_options(writes=True).begin(),
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")


def test_somebody_who_waits_too_long_is_told_to_try_again(
    sqlite_url: str, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_TIMEOUT_MS", 20)
    engine = open_database(sqlite_url)
    with closing(sqlite3.connect(tmp_path / "milepost.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CommandRejected, match="try again"):
            record(engine, 9)
    engine.dispose()


@pytest.fixture(scope="module")
def kinds(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Engine]]:
    path = tmp_path_factory.mktemp("moments") / "moments.db"
    engines = [open_database(f"sqlite:///{path}"), open_database(postgres)]
    yield engines
    for engine in engines:
        engine.dispose()


moments = st.datetimes(
    datetime(1900, 1, 3),
    datetime(2199, 12, 29),
    timezones=st.timezones() | st.just(timezone(timedelta(hours=14))) | st.just(UTC),
    allow_imaginary=False,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moments)
@example(datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")))
def test_a_moment_comes_back_in_utc(kinds: list[Engine], moment: datetime) -> None:
    for engine in kinds:
        with engine.connect() as connection:
            kept = connection.execute(select(literal(moment, Moment()))).scalar_one()
        assert kept.tzinfo is not None
        assert kept.utcoffset() == timedelta(0)
        assert kept == moment.astimezone(UTC)


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(StatementError, match="has no time zone"):
        connection.execute(select(literal(datetime(2026, 5, 20, 12), Moment())))


def test_the_clock_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILEPOST_NOW", "2026-05-20T14:00:00+02:00")
    assert now() == NOW
    monkeypatch.delenv("MILEPOST_NOW")
    assert abs(now() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("url", "sample"),
    [
        ("sqlite:///milepost.db", "sqlite:///sample.db"),
        ("sqlite:////var/lib/milepost.db", "sqlite:////var/lib/sample.db"),
        ("sqlite:////var/lib/sample.db", "sqlite:////var/lib/sample-company.db"),
        ("", "sqlite:///sample.db"),
    ],
)
def test_the_sample_lies_beside_the_file(
    url: str, sample: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", url)
    assert settings_of().sample_url == sample
    assert settings_of().database_url == url or not url


@pytest.mark.parametrize(
    ("pragma", "reason"),
    [
        ("max_page_count = 1", "the disk of the database is full"),
        ("query_only = ON", "the database can only be read at this moment"),
    ],
)
def test_a_file_that_cannot_be_written_is_told_in_words(
    company: Engine, pragma: str, reason: str
) -> None:
    before = everything(company)
    company.dispose()
    with company.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    # Its long text takes more room than the file has.
    with pytest.raises(Unreachable) as refused:
        record(company, 9, note="x" * 9_000)
    company.dispose()
    said = f"Not saved yet: {reason}. What you typed is still here: try again."
    assert (refused.value.message, refused.value.code) == (said, Code.UNREACHABLE)
    assert everything(company) == before
    assert record(company, 9) is not None


def test_a_server_out_of_reach_is_told_in_words(postgres: str, postgres_url: str) -> None:
    engine = open_database(postgres_url)
    with out_of_reach(postgres, engine):
        for use in (data_version, complete):
            with pytest.raises(Unreachable, match="the database cannot be reached"):
                use(engine)
    assert data_version(engine) >= 0
    engine.dispose()


def test_a_mistake_of_ours_is_none_of_the_database(file: Engine) -> None:
    with pytest.raises(ProgrammingError), snapshot(file) as connection:
        connection.exec_driver_sql("SELECT ?", ("one", "two"))

"""Whether a server can do its work."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from data.core.database import open_database
from data.operations import metrics, readiness


@pytest.fixture
def url(tmp_path: Path, empty_file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "milepost.db").write_bytes(empty_file.read_bytes())
    url = f"sqlite:///{tmp_path / 'milepost.db'}"
    monkeypatch.setenv("MILEPOST_DATABASE_URL", url)
    monkeypatch.setattr(readiness, "_began", threading.Event())
    monkeypatch.setattr(readiness, "_reason", readiness.STARTING)
    return url


def at_revision(url: str, revision: str) -> None:
    with open_database(url).begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))


def test_a_server_is_ready_once_its_database_is_up_to_date(url: str) -> None:
    assert readiness.not_ready() == "starting"
    readiness.begin()
    assert readiness.not_ready() == ""
    at_revision(url, "0001")
    assert "revision 0001" in readiness.not_ready()
    # An older version works on while a newer one upgrades what both use.
    at_revision(url, "9999")
    assert readiness.not_ready() == ""


def test_a_start_that_failed_is_tried_again(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[str] = []

    def wait(_seconds: float) -> None:
        waits.append(readiness.not_ready())
        monkeypatch.setenv("MILEPOST_DATABASE_URL", url)

    monkeypatch.setattr(readiness.time, "sleep", wait)
    monkeypatch.setenv("MILEPOST_DATABASE_URL", f"sqlite:///{tmp_path / 'none' / 'm.db'}")
    readiness.begin()
    assert len(waits) == 1
    assert "is not a folder" in waits[0]
    assert readiness.not_ready() == ""


def test_the_ages_of_what_lies_there_are_taken(url: str) -> None:
    metrics.look(open_database(url))
    told = metrics.written().decode()
    assert "milepost_pending_signals 0.0" in told
    assert "milepost_last_save_age_seconds NaN" in told

"""What was acknowledged is kept: many writers at once, and writers that are killed."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, text

from tests.data.builders import address, rows

WRITERS, WRITES, KILLS = 8, 200, 50


class Write(NamedTuple):
    """A write that was acknowledged."""

    kind: str
    value: float
    command_id: int


def acknowledged(url: str, *arguments: object) -> list[Write]:
    """Let writers of their own processes work; give what they were told is saved."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.data.writers", url, *map(str, arguments)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    lines = [line.split() for line in run.stdout.splitlines()]
    return [Write(kind, float(value), int(command_id)) for kind, value, command_id in lines]


def kept(engine: Engine) -> Counter[Write]:
    return Counter(
        Write(kind, row["value"], row["command_id"])
        for kind in ("reading", "check_in")
        for row in rows(engine, kind)
    )


def logged(engine: Engine) -> Counter[Write]:
    return Counter(
        Write(change["entity"], change["after"]["value"], change["command_id"])
        for change in rows(engine, "change")
        if change["entity"] in ("reading", "check_in")
    )


def is_one_chain(engine: Engine, kind: str) -> bool:
    """Tell whether each fact takes the place of the one before it, and no two of the same."""
    facts = rows(engine, kind)
    return [fact["supersedes_id"] for fact in facts] == [None, *(fact["id"] for fact in facts)][:-1]


def test_all_that_many_write_at_once_is_kept_once(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    writes = Counter(acknowledged(address(engine), "together", WRITERS, WRITES))
    assert writes.total() == len(writes) == WRITERS * WRITES
    assert kept(engine) == writes
    assert logged(engine) == writes
    assert is_one_chain(engine, "reading")
    assert is_one_chain(engine, "check_in")


def test_what_was_acknowledged_survives_the_killing_of_its_writer(
    company: Engine, sqlite_url: str
) -> None:
    writes = Counter(acknowledged(sqlite_url, "killed", KILLS, 7))
    assert writes.total() == len(writes) >= KILLS
    with company.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
    assert writes <= kept(company)
    # A kill may come after the commit and before it was told.
    assert (kept(company) - writes).total() <= KILLS
    assert logged(company) == kept(company)
    assert is_one_chain(company, "reading")

"""The tables built anew from the log alone, and held against those that are kept."""

from datetime import date
from typing import Any

from sqlalchemy import Engine

from data.history.undo import TABLES
from tests.data.builders import everything, rows

LOG = {"command", "change"}
NOT_LOGGED = {*LOG, "company", "kpi_signal", "signal_checkpoint", "team_version"}


def replayed(engine: Engine) -> dict[str, dict[int, dict[str, Any]]]:
    """Build the tables from the log alone."""
    versions = {row["id"]: row["version"] for row in rows(engine, "command")}
    tables: dict[str, dict[int, dict[str, Any]]] = {name: {} for name in TABLES}
    for change in rows(engine, "change"):
        table = tables[change["entity"]]
        if change["before"] is None:
            assert change["entity_id"] not in table
            table[change["entity_id"]] = {"id": change["entity_id"], **change["after"]}
            continue
        row = table[change["entity_id"]]
        assert {name: row[name] for name in change["before"]} == change["before"]
        row.update(change["after"], version=versions[change["command_id"]])
    return tables


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def kept(engine: Engine) -> dict[str, dict[int, dict[str, Any]]]:
    return {
        name: {row["id"]: {column: plain(value) for column, value in row.items()} for row in table}
        for name, table in everything(engine).items()
        if name not in NOT_LOGGED
    }


def assert_replays(engine: Engine) -> None:
    from_log = replayed(engine)
    for name, table in kept(engine).items():
        assert from_log[name] == table

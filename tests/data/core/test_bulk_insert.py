"""Rows that go in many at once are those that go in one by one, on each kind of database."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.core.bulk_insert import json_of_rows
from data.core.unit_of_work import command
from models import Reading
from tests.data.builders import NOW, key, person, rows

LAST = [None, "", "it's 5 %", '{"a": "b"}', "ä€\n"]


def facts(engine: Engine) -> dict[str, list[Any]]:
    count = len(LAST)
    return {
        "kpi_id": [key(engine, "kpi", "Conversion")] * count,
        "period": [date(2026, 1, 5) + timedelta(days=7 * at) for at in range(count)],
        "value": [0.1, 1.0, -1e15, 1e-7, None],
        "note": [text or "" for text in LAST],
        "recorded_at": [None, *[NOW - timedelta(hours=at) for at in range(1, count)]],
        "known_at": [(NOW - timedelta(hours=at)).astimezone() for at in range(count)],
        "recorded_by_id": [None, person(engine, "Ana"), None, None, None],
        "imported": [True, False, True, True, True],
    }


def shown(engine: Engine) -> tuple[list[Any], list[Any]]:
    own = ("id", "version", "command_id", "entity_id")
    found = (
        rows(engine, "reading"),
        [row for row in rows(engine, "change") if row["entity"] == "reading"],
    )
    for kept in found:
        for row in kept:
            row["after"] = {k: v for k, v in (row.get("after") or {}).items() if k not in own}
    return tuple(  # type: ignore[return-value]
        [{name: cell for name, cell in row.items() if name not in own} for row in kept]
        for kept in found
    )


def test_many_facts_are_kept_and_logged_as_few_are(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    columns = facts(engine)
    with command(engine, "import", person_id=None) as work:
        work.add_many(Reading, columns)
        keys = [row["id"] for row in work.connection.execute(Reading.__table__.select()).mappings()]  # type: ignore[attr-defined]
        changes = work.changes
    assert changes == len(keys) == len(set(keys)) == len(LAST)
    many, logged = shown(engine)
    with command(engine, "import", person_id=None) as work:
        said = [
            dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)
        ]
        later = work.add(Reading, said)
    assert min(later) > max(keys)
    few, logged_again = shown(engine)
    assert few[len(many) :] == many
    assert logged_again[len(logged) :] == logged


def test_a_dry_run_adds_none(company: Engine) -> None:
    with command(company, "import", person_id=None, dry_run=True) as work:
        work.add_many(Reading, facts(company))
        assert work.changes == 0
    assert rows(company, "reading") == []


@pytest.mark.parametrize("values", [[True, 1, 1.0], [1, 1, 1], ["100 %", "%s", "ü"]])
def test_rows_as_json_keep_each_cell_as_it_is(values: list[Any]) -> None:
    columns = {"a%": values, "b": [None] * 3}
    expected = [json.dumps({"a%": value, "b": None}) for value in values]
    assert [repr(json.loads(text)) for text in json_of_rows(columns)] == [
        repr(json.loads(text)) for text in expected
    ]

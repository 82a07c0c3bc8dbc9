"""Rows as JSON, as the log keeps them."""

import json
from typing import Any

import pytest

from data.core.bulk_insert import json_of_rows


@pytest.mark.parametrize(
    "values", [[True, 1, 1.0], [1, 1, 1], [0.1, -1e15, 5e-324], ["100 %", "%s", "ü"]]
)
def test_rows_as_json_keep_each_cell_as_it_is(values: list[Any]) -> None:
    columns = {"a%": values, "b": [None] * 3}
    expected = [json.dumps({"a%": value, "b": None}) for value in values]
    assert [repr(json.loads(text)) for text in json_of_rows(columns)] == [
        repr(json.loads(text)) for text in expected
    ]

"""What the elements on a page were sent."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def all_sent(app: AppTest, name: str) -> list[dict[str, Any]]:
    """Give what each element of a name was sent."""
    datas = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return [data for data in datas if data["module"].split("/")[1] == name]


def sent_to(app: AppTest, name: str) -> dict[str, Any]:
    """Give what the one element of a name was sent."""
    (data,) = all_sent(app, name)
    return data


def records(columns: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the rows of what came as a column a field."""
    values = [
        [column["kinds"][at] for at in column["at"]] if isinstance(column, dict) else column
        for column in columns.values()
    ]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]

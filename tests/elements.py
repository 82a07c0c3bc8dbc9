"""What the elements on a page were sent."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def all_sent(app: AppTest, name: str) -> list[dict[str, Any]]:
    """Give what each element of a name was sent."""
    datas = told_to_all(app)
    return [composed(data, datas) for data in datas if is_of(data, name)]


def told_to_all(app: AppTest) -> list[dict[str, Any]]:
    """Give what travelled for each element, with the module that shows it."""
    sent = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    parts = [
        json.loads(text)
        for each in sent
        if is_of(each, "together")
        for _, text in each["shown"][0]["parts"]
    ]
    return [{"module": each["module"], **each["shown"][0]} for each in (*sent, *parts)]


def is_of(data: dict[str, Any], name: str) -> bool:
    return bool(data["module"].split("/")[1] == name)


def composed(data: dict[str, Any], datas: list[dict[str, Any]]) -> dict[str, Any]:
    """Give data with what its base brings, as changed: what the browser makes of them."""
    if "base" not in data:
        return data
    bases = [each["bases"] for each in datas if is_of(each, "base")]
    base = json.loads(next(each for each in bases if data["base"] in each)[data["base"]])
    changes = data["changes"]
    rows = {
        field: records(each) if isinstance(each, dict) else each
        for field, each in base["rows"].items()
    }
    for field, change in changes["rows"].items():
        new = change["new"]
        rows[field] = [
            row
            for run in change["at"]
            for row in (
                rows[field][run[0] : sum(run)] if isinstance(run, list) else [new[-run - 1]]
            )
        ]
    rest = {field: value for field, value in data.items() if field not in ("base", "changes")}
    return {**rows, **base["values"], **changes["values"], **rest}


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


def top_line(app: AppTest) -> dict[str, Any]:
    """Give what the top line of a page was sent."""
    return sent_to(app, "top_line")


def pick(app: AppTest, **picked: Any) -> AppTest:
    """Pick a team, a cycle, a day or a name in the top line."""
    for name, value in picked.items():
        app.session_state[name] = value
    return app.run()

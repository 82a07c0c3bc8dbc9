"""What the elements of the cockpit's page were sent."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def sent(app: AppTest, part: str) -> dict[str, Any]:
    """Give what a component was sent."""
    (found,) = [
        element.proto
        for element in app.get("bidi_component")
        if element.proto.component_name.endswith(f"milepost_{part}")
    ]
    data: dict[str, Any] = json.loads(found.json)
    return data


def names(app: AppTest) -> list[str]:
    return [gauge[1] for gauge in sent(app, "gauges")["gauges"]]

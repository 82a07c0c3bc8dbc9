"""What the elements of a script were sent, run as Streamlit would."""

import json
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest


def sent(script: Callable[[], None]) -> dict[str, Any]:
    """What the one component of a script was sent."""
    app = AppTest.from_function(script).run()
    assert not app.exception
    (component,) = app.get("bidi_component")
    data: dict[str, Any] = json.loads(component.proto.json)
    del data["module"]
    return data

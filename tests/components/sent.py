"""What the elements of a script were sent, run as Streamlit would."""

import json
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.elements import composed, is_of


def sent(script: Callable[[], None]) -> dict[str, Any]:
    """What the one component of a script was sent."""
    sent = [json.loads(text) for text in sent_texts(script)]
    datas = [{"module": each["module"], **each["shown"][0]} for each in sent]
    (data,) = [composed(data, datas) for data in datas if not is_of(data, "base")]
    del data["module"]
    return data


def sent_texts(script: Callable[[], None]) -> list[str]:
    """What travelled for the components of a script."""
    app = AppTest.from_function(script).run()
    assert not app.exception
    return [component.proto.json for component in app.get("bidi_component")]

"""What the elements of the cockpit's page were sent."""

from streamlit.testing.v1 import AppTest

from tests.elements import sent_to


def names(app: AppTest) -> list[str]:
    """Name the gauges in their order."""
    return [gauge["name"] for gauge in sent_to(app, "gauges")["gauges"]]

"""What the elements of the cockpit's page were sent."""

from streamlit.testing.v1 import AppTest

from tests.elements import records, sent_to


def names(app: AppTest) -> list[str]:
    """Name the gauges in their order."""
    return [gauge["name"] for gauge in records(sent_to(app, "gauges")["gauges"])]

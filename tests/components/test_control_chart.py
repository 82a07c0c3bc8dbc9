"""The control chart: what is drawn of a KPI, and that people's words stay words."""

from dataclasses import replace
from datetime import date

import pytest

from components import control_chart, kpi_words, words
from data.views import Ahead, Departure, EventView, KpiView
from models import Better, Cadence, Health
from tests.components.examples import TODAY, gauge

WEEKS = tuple(date(2026, 9, 7 + 7 * number) for number in range(3))
COMING = (date(2026, 9, 28), date(2026, 10, 5))


def kpi(**changes: object) -> KpiView:
    ahead = Ahead(COMING, (3.2, 3.3), (2.8, 2.7), (3.6, 3.9), Departure(None, None, None))
    view = KpiView(
        version=1,
        day=TODAY,
        lineage=("Company", "Sales"),
        name="Churn",
        unit="%",
        cadence=Cadence.WEEKLY,
        owner="Ana",
        gauge=gauge(low=None, high=3.5, health=Health.IN_RANGE),
        indicator=None,
        better=Better.LOWER,
        kind=None,
        description="",
        driven_by="",
        periods=WEEKS,
        values=(2.4, None, 3.1),
        centre=2.5,
        limit_lower=1.9,
        limit_upper=2.9,
        segments=(WEEKS[2],),
        ahead=ahead,
        readings=(),
        decisions=(),
        events=(),
        ties=(),
    )
    return replace(view, **changes)  # type: ignore[arg-type]


def test_a_missing_period_is_a_gap() -> None:
    drawn = control_chart.figure(kpi(), today=TODAY, theme="light").data[0]
    assert tuple(drawn.y) == (2.4, None, 3.1)
    assert drawn.connectgaps is False


def test_everything_drawn_fits_the_scale() -> None:
    figure = control_chart.figure(kpi(), today=TODAY, theme="dark")
    lower, upper = figure.layout.yaxis.range
    assert lower < 1.9
    assert upper > 3.9


@pytest.mark.parametrize("changes", [{"gauge": None}, {"ahead": None}, {"limit_lower": None}])
def test_what_is_not_known_is_not_drawn(changes: dict[str, None]) -> None:
    whole = control_chart.figure(kpi(), today=TODAY, theme="light")
    part = control_chart.figure(kpi(**changes), today=TODAY, theme="light")
    drawn = [len(figure.data) + len(figure.layout.shapes) for figure in (whole, part)]
    assert drawn[1] < drawn[0]


def test_without_a_reading_there_is_an_empty_chart() -> None:
    nothing = kpi(periods=(), values=(), ahead=None, limit_lower=None, segments=(), gauge=None)
    assert control_chart.figure(nothing, today=TODAY, theme="light").layout.yaxis.range is None


def test_an_event_is_words_whatever_it_says() -> None:
    event = EventView(WEEKS[1], '<a href="javascript:x">new</a> & old', None)
    figure = control_chart.figure(kpi(events=(event,)), today=TODAY, theme="light")
    (flag,) = [note.text for note in figure.layout.annotations if note.text.startswith("⚑")]
    assert flag == '⚑ &lt;a href="javascript:x"&gt;new&lt;/a&gt; &amp; old'


@pytest.mark.parametrize(
    ("departure", "text"),
    [
        (Departure(None, None, None), "Range to empty: none in sight."),
        (
            Departure(COMING[1], None, None),
            "If this goes on, it stays in its range; it could leave from week of 5\u00a0Oct on.",
        ),
        (
            Departure(COMING[0], COMING[1], None),
            "If this goes on, it leaves its range about week of 5\u00a0Oct "
            "(week of 28\u00a0Sep or later).",
        ),
    ],
)
def test_range_to_empty_in_words(departure: Departure, text: str) -> None:
    view = kpi()
    assert view.ahead is not None
    left = replace(view, ahead=replace(view.ahead, departure=departure))
    assert kpi_words.departure(left, TODAY) == text


def test_what_is_out_already_leaves_no_more() -> None:
    assert kpi_words.departure(kpi(gauge=gauge(health=Health.OUT_OF_RANGE)), TODAY) == ""


@pytest.mark.parametrize("text", ["**bold**", "[a](b)", "<b>", "# one", "`x`", ":red[x]", "1. a"])
def test_markdown_in_peoples_words_is_escaped(text: str) -> None:
    escaped = words.escaped(text)
    assert escaped.replace("\\", "") == text
    assert "\\" in escaped

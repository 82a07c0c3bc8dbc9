"""The control chart: what is drawn of a KPI, and that people's words stay words."""

from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import pytest

from components.kpis import control_chart
from components.ui import words
from data.kpis.views.kpi import KpiView, NaturalLimits
from data.kpis.views.signals import EventView
from models import Cadence, Signal
from tests.components.examples import TODAY, signal
from tests.components.kpi_examples import WEEKS, kpi, reading

LONG = tuple(date(2025, 3, 3) + timedelta(weeks=week) for week in range(80))


def drawn(view: KpiView, *, whole: bool = True) -> go.Figure:
    return control_chart.figure(view, today=TODAY, whole=whole)


def long(**changes: Any) -> KpiView:
    facts: dict[str, Any] = {
        "periods": LONG,
        "values": tuple(2.0 + week % 5 / 10 for week in range(80)),
        "limits": NaturalLimits(1.5, 2.2, 2.9, LONG[20], LONG[71], 52),
        "ahead": None,
    }
    return kpi(**(facts | changes))


def labels(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations if note.yref == "paper"]


def test_a_missing_period_is_a_gap() -> None:
    line = drawn(kpi()).data[0]
    assert tuple(line.y) == (2.4, None, 3.1)
    assert line.connectgaps is False


def test_everything_drawn_fits_the_scale() -> None:
    lower, upper = drawn(kpi()).layout.yaxis.range
    assert lower < 1.9
    assert upper > 3.9


@pytest.mark.parametrize(
    ("values", "unit", "longest"),
    [
        ((100.0, 500.0, 1500.0), "€", "1,581"),
        ((2.2, 3.1, 4.0), "%", "4.2 %"),
        ((-20.0, 3.0, 4.0), "", "-22"),
    ],
)
def test_the_numbers_of_the_scale_have_room(
    values: tuple[float, ...], unit: str, longest: str
) -> None:
    bare = {"gauge": None, "limits": None, "ahead": None, "possible": (None, None)}
    room = drawn(kpi(values=values, unit=unit, **bare)).layout.margin.l
    assert room == control_chart.TICK_ROOM + control_chart.TICK_LETTER * len(longest)


def test_the_scale_stays_within_the_possible() -> None:
    limits = NaturalLimits(-0.4, 2.5, 5.5, WEEKS[0], WEEKS[1], 1)
    lower, upper = drawn(kpi(limits=limits, possible=(0.0, 5.0))).layout.yaxis.range
    assert (lower, upper) == (0, 5)
    # What was read once is shown all the same.
    odd = drawn(kpi(values=(-0.2, None, 5.1), possible=(0.0, 5.0)))
    assert tuple(odd.layout.yaxis.range) == (-0.2, 5.1)
    assert odd.data[0].cliponaxis is False


@pytest.mark.parametrize("changes", [{"gauge": None}, {"ahead": None}, {"limits": None}])
def test_what_is_not_known_is_not_drawn(changes: dict[str, None]) -> None:
    parts = [
        len(figure.data) + len(figure.layout.shapes)
        for figure in (drawn(kpi()), drawn(kpi(**changes)))
    ]
    assert parts[1] < parts[0]


def test_without_a_reading_there_is_an_empty_chart() -> None:
    nothing = kpi(periods=(), values=(), ahead=None, limits=None, gauge=None)
    assert drawn(nothing).layout.yaxis.range is None


def test_the_drifting_stretch_is_thicker_in_its_own_colour_and_named() -> None:
    view = long(signal=signal(onset=LONG[72]), values=tuple(2.0 for _ in LONG))
    figure = drawn(view)
    stretch = next(line for line in figure.data if line.line.width == 4)
    assert tuple(stretch.x) == LONG[72:]
    assert stretch.line.color == control_chart.COLOURS["drift"]
    assert any("drifting since 20\u00a0Jul" in text for text in labels(figure))


@pytest.mark.parametrize("kind", [Signal.STEADY, Signal.WATCH])
def test_nothing_drifts_where_no_alarm_stands(kind: Signal) -> None:
    figure = drawn(long(signal=signal(signal=kind, onset=LONG[72])))
    assert all(line.line.width != 4 for line in figure.data)


def test_the_limits_lie_over_the_readings_that_they_come_from() -> None:
    band = next(
        shape for shape in drawn(long()).layout.shapes if shape.type == "rect" and shape.y1 == 2.9
    )
    assert (band.x0, band.x1) == (LONG[20], LONG[71])


def test_a_dismissed_reading_is_a_hollow_cross_and_not_on_the_line() -> None:
    view = kpi(values=(2.4, 9.0, 3.1), dismissed=(WEEKS[1],))
    figure = drawn(view)
    (cross,) = [line for line in figure.data if line.marker.symbol == "x-open"]
    assert tuple(cross.x) == (WEEKS[1],)
    assert cross.y[0] < figure.layout.yaxis.range[1] < 5
    assert figure.data[0].y[1] is None
    assert "dismissed" in cross.text[0]


def test_the_outlook_begins_at_the_last_reading_that_counts() -> None:
    figure = drawn(kpi(values=(2.4, 3.1, 9.0), dismissed=(WEEKS[2],)))
    dotted = next(line for line in figure.data if line.line.dash == "dot")
    assert (dotted.x[0], dotted.y[0]) == (WEEKS[1], 3.1)


def test_a_new_normal_and_a_change_are_named_with_their_days() -> None:
    figure = drawn(long(rebased_on=(LONG[10],), segments=(LONG[40],)))
    texts = " | ".join(labels(figure))
    assert "new normal 12\u00a0May\u00a02025" in texts
    assert "changed 8\u00a0Dec\u00a02025" in texts


def test_a_month_is_named_as_that() -> None:
    months = tuple(date(2026, month, 1) for month in range(1, 10))
    view = kpi(
        cadence=Cadence.MONTHLY,
        periods=months,
        values=tuple(range(9)),
        limits=None,
        segments=(months[4],),
        ahead=None,
    )
    assert [text.strip("│ ") for text in labels(drawn(view))] == ["changed May\u00a02026"]


def test_a_change_that_is_a_new_normal_or_a_drift_is_not_named_twice() -> None:
    view = long(
        rebased_on=(LONG[10],), segments=(LONG[11], LONG[71]), signal=signal(onset=LONG[72])
    )
    assert not any("changed" in text for text in labels(drawn(view)))


def test_at_first_the_last_year_is_in_sight_and_all_of_the_baseline() -> None:
    first, _ = drawn(long(limits=None), whole=False).layout.xaxis.range
    assert LONG[26] < first < LONG[27]
    first, _ = drawn(long(), whole=False).layout.xaxis.range
    assert LONG[19] < first < LONG[20]
    first, _ = drawn(long(), whole=True).layout.xaxis.range
    assert first < LONG[0]


def test_a_point_tells_value_period_who_and_note() -> None:
    view = kpi(readings=(reading(WEEKS[2], 3.1, who="<Ana>", note="so & so"),))
    told = drawn(view).data[0].text[2]
    assert told == "<b>3.1\u00a0%</b><br>week of 21\u00a0Sep<br>&lt;Ana&gt;<br>so &amp; so"


def test_an_event_is_words_whatever_it_says() -> None:
    event = EventView(WEEKS[1], '<a href="javascript:x">new</a> & old', None)
    (flag,) = [note for note in drawn(kpi(events=(event,))).layout.annotations if "⚑" in note.text]
    # Its own ends of lines apart.
    assert "<" not in flag.text.replace("<br>", "")
    assert flag.hovertext == ('&lt;a href="javascript:x"&gt;new&lt;/a&gt; &amp; old, 14\u00a0Sep')


@pytest.mark.parametrize(
    ("sent", "chosen"),
    [
        ({"period": None}, None),
        ({"period": "2026-09-14"}, WEEKS[1]),
        ({"period": ["2026-09-14"]}, None),
        ({"period": "2026-09-15"}, None),
        ({"x": 3}, None),
        ("2026-09-14", None),
    ],
)
def test_a_click_chooses_a_period_that_is_there(sent: object, chosen: date | None) -> None:
    assert control_chart._chosen(sent, kpi()) == chosen


@pytest.mark.parametrize("text", ["**bold**", "[a](b)", "<b>", "# one", "`x`", ":red[x]", "1. a"])
def test_markdown_in_peoples_words_is_escaped(text: str) -> None:
    escaped = words.escaped(text)
    assert escaped.replace("\\", "") == text
    assert "\\" in escaped

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from components import card_words, gauge_words, lane_words, words
from components.words import FIXED, THIN
from data.views import DecisionCard, GuardrailView, Step
from models import Cadence, Confidence, Health, KeyResultKind
from tests.components.examples import TODAY, WEEKS, gauge, lane, objective, out_of_range

NUMBERS = [
    (0, "0"),
    (-0.0, "0"),
    (3.4, "3.4"),
    (3.40, "3.4"),
    (99.96, "99.96"),
    (99.996, "100"),
    (1496, f"1{THIN}496"),
    (1496.4, f"1{THIN}496"),
    (-1496, f"−1{THIN}496"),
    (123456, f"123{THIN}456"),
    (9_999_000, f"9{THIN}999{THIN}000"),
    (12_345_678, f"12.35{FIXED}M"),
    (-2.5e10, f"−25{THIN}000{FIXED}M"),
    (0.000123456, "0.0001235"),
    (-0.5, "−0.5"),
    (0.1 + 0.2, "0.3"),
]


def plain(text: str) -> str:
    return text.replace(THIN, " ").replace(FIXED, " ")


@pytest.mark.parametrize(("amount", "text"), NUMBERS)
def test_a_number_has_four_digits_and_a_whole_one_all_of_them(amount: float, text: str) -> None:
    assert words.number(amount) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (12346, f"12{THIN}346"),
        (1234.5, f"1{THIN}234.5"),
        (-0.123456789, "−0.123456789"),
        (0.1 + 0.2, "0.3"),
        (99.9964, "99.9964"),
        (None, "–"),
    ],
)
def test_what_must_be_told_from_another_is_written_as_it_was_typed(
    amount: float | None, text: str
) -> None:
    assert words.exact(amount) == text


def test_silence_is_said_and_not_praised() -> None:
    silent = lane(standing="silent", silent_for=42, progress=1.2)
    assert lane_words.standing(silent) == "no news for 6 weeks"


def test_calm_is_not_claimed_for_what_is_not_shown() -> None:
    assert gauge_words.no_decisions(0) == "Nothing needs a decision."
    assert "2 KPIs are out of range below" in gauge_words.no_decisions(2)


@pytest.mark.parametrize("amount", [None, float("nan"), float("inf")])
def test_a_number_that_is_none_is_a_dash(amount: float | None) -> None:
    assert words.number(amount) == "–"


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_the_browser_writes_numbers_alike() -> None:
    shared = Path("components/frontend/shared.js").read_text(encoding="utf-8")
    amounts = [amount for amount, _ in NUMBERS]
    script = f"{shared}\nprocess.stdout.write({amounts!r}.map(number).join('\\n'));"
    run = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n") == [text for _, text in NUMBERS]


def test_a_value_has_its_unit() -> None:
    assert words.value(3.4, "%") == f"3.4{FIXED}%"
    assert words.value(38, "€") == f"38{FIXED}€"
    assert words.value(64, "days") == f"64{FIXED}days"
    assert words.value(47, "") == "47"


@pytest.mark.parametrize(
    ("difference", "text"),
    [(0.9, "+0.9"), (-1, "−1"), (0, "0"), (5.6e-17, "0"), (9.1 - 8.8, "+0.3")],
)
def test_a_change_has_a_sign(difference: float, text: str) -> None:
    assert words.change(difference) == text


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (8, 12, "%", "ideal 8–12 %"),
        (None, 3.5, "%", "ideal up to 3.5 %"),
        (95, None, "%", "ideal from 95 %"),
        (-5, 3, "°", "ideal −5 to 3 °"),
        (5, 5, "", "ideal 5"),
        (40, 70, "", "ideal 40–70"),
        (None, None, "%", "no range"),
    ],
)
def test_the_ideal_range(low: float | None, high: float | None, unit: str, text: str) -> None:
    assert plain(words.ideal(low, high, unit)) == text


def test_a_day_has_its_year_if_it_is_another() -> None:
    assert plain(words.day(date(2026, 10, 12), TODAY)) == "12 Oct"
    assert plain(words.day(date(2019, 10, 12), TODAY)) == "12 Oct 2019"


@pytest.mark.parametrize(
    ("cadence", "start", "text"),
    [
        (Cadence.WEEKLY, date(2026, 11, 9), "week of 9 Nov"),
        (Cadence.WEEKLY, date(2025, 12, 29), "week of 29 Dec 2025"),
        (Cadence.MONTHLY, date(2026, 11, 1), "Nov 2026"),
        (Cadence.QUARTERLY, date(2026, 10, 1), "Q4 2026"),
        (Cadence.QUARTERLY, date(2026, 1, 1), "Q1 2026"),
        (Cadence.DAILY, date(2026, 10, 12), "12 Oct"),
        (Cadence.WEEKDAYS, date(2026, 10, 12), "12 Oct"),
    ],
)
def test_a_period_is_named_by_its_cadence(cadence: Cadence, start: date, text: str) -> None:
    assert plain(words.period(cadence, start, TODAY)) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "1 day"),
        (7, "1 week"),
        (14, "2 weeks"),
        (16, "16 days"),
        (21, "3 weeks"),
        (24, "3 weeks"),
        (62, "8 weeks"),
        (63, "2 months"),
        (365, "12 months"),
        (1100, "3 years"),
    ],
)
def test_a_span(days: int, text: str) -> None:
    assert words.span(days) == text


def test_every_state_has_a_shape_of_its_own() -> None:
    shapes = [text.split(" ")[0] for text in gauge_words.STATES.values()]
    assert len(set(shapes)) == len(shapes)
    assert set(gauge_words.STATES) == {*Health, "late"}


def test_a_late_gauge_in_range_is_not_green() -> None:
    assert gauge_words.state(gauge()) == "● In range"
    assert gauge_words.state(gauge(freshness="due")) == "● In range"
    assert gauge_words.state(gauge(freshness="late")) == "◔ In range · late"


@pytest.mark.parametrize(
    ("health", "text"),
    [
        (Health.NEAR_EDGE, "◐ Near edge"),
        (Health.OUT_OF_RANGE, "■ Out of range"),
        (Health.NO_DATA, "◌ No data"),
        (Health.INDICATOR, "◇ Indicator"),
    ],
)
def test_lateness_changes_no_other_state(health: Health, text: str) -> None:
    assert gauge_words.state(gauge(health=health, freshness="late")) == text


def line(**changes: object) -> str:
    return plain(gauge_words.gauge_line(gauge(**changes), TODAY, TODAY))


def test_the_line_of_a_gauge_in_range_tells_the_change() -> None:
    assert line() == "+0.3 since the week before"
    assert line(value=8.8) == "unchanged"
    assert line(previous=None) == "first reading"
    assert line(cadence=Cadence.WEEKDAYS) == "+0.3 since the weekday before"


def test_the_line_does_not_call_a_reading_before_a_gap_the_week_before() -> None:
    assert line(series=(8.8, None, 9.1)) == "+0.3 since the reading before"


def test_the_line_of_a_gauge_out_of_range_tells_for_how_long() -> None:
    since = date(2026, 10, 26)
    assert line(health=Health.OUT_OF_RANGE, since=since) == "out of range for 3 weeks"
    assert line(health=Health.OUT_OF_RANGE, since=TODAY) == "out of range for 1 day"
    assert line(health=Health.OUT_OF_RANGE) == "out of range"
    late = line(health=Health.OUT_OF_RANGE, since=since, freshness="late")
    assert late == "out of range for 3 weeks · late"


def test_the_line_of_a_silent_gauge_tells_since_when() -> None:
    silent = {"health": Health.NO_DATA, "freshness": "no data"}
    assert line(**silent, period=WEEKS[2]) == "no reading for 16 days · due every week"
    assert line(**silent, period=None) == "no reading yet · due every week"
    last_month = {"cadence": Cadence.MONTHLY, "period": date(2025, 12, 1)}
    assert line(**silent, **last_month) == "no reading for 11 months · due every month"
    friday = {"cadence": Cadence.WEEKDAYS, "period": date(2026, 11, 13)}
    assert line(**silent, **friday) == "no reading for 2 days · due every weekday"
    quarter = {"cadence": Cadence.QUARTERLY, "period": date(2025, 10, 1)}
    assert line(**silent, **quarter) == "no reading for 11 months · due every quarter"


def test_the_line_of_a_late_gauge_tells_since_when_it_is_due() -> None:
    assert line(freshness="late", late_days=1) == "due since 16 Nov"
    assert line(freshness="late", late_days=1, health=Health.NEAR_EDGE) == "due since 16 Nov"


def test_the_heading_counts_what_is_green() -> None:
    wall = [gauge(), gauge(freshness="late"), gauge(health=Health.NEAR_EDGE)]
    assert gauge_words.health_heading(wall) == "is the car all right? 1 of 3 in range"
    assert gauge_words.health_heading([]) == "is the car all right?"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "on pace"),
        ({"standing": "behind pace", "progress": 0.46}, "12 points behind pace"),
        ({"standing": "behind pace", "progress": 0.57}, "1 point behind pace"),
        ({"standing": "ahead", "progress": 0.66}, "8 points ahead"),
        ({"standing": "done"}, "done"),
        ({"standing": "no value", "value": None}, "no value yet"),
    ],
)
def test_where_a_key_result_stands(changes: dict[str, object], text: str) -> None:
    assert lane_words.standing(lane(**changes)) == text


def test_where_a_key_result_to_hold_stands() -> None:
    held = lane(kind=KeyResultKind.HOLD, held=3, hold_periods=8, standing="behind pace")
    assert lane_words.standing(replace(held, cadence=Cadence.WEEKLY)) == "3 of 8 weeks held"
    assert lane_words.standing(held) == "3 of 8 periods held"


def test_where_a_key_result_with_steps_stands() -> None:
    steps = tuple(Step(f"step {n}", 0.2, TODAY if n < 2 else None) for n in range(5))
    stepped = lane(kind=KeyResultKind.MILESTONE, steps=steps, standing="behind pace")
    assert lane_words.standing(stepped) == "2 of 5 steps"


def test_the_way_of_a_key_result() -> None:
    assert plain(lane_words.way(lane())) == "71 → 80 %"
    assert plain(lane_words.way(lane(start=1200.0, target=2000.0, unit=""))) == "1 200 → 2 000"
    assert lane_words.way(lane(start=None)) == ""


def test_confidence_is_never_invented() -> None:
    assert lane_words.confidence(Confidence.LIKELY) == "●●●○ likely"
    assert lane_words.confidence(None) == "no confidence given"
    assert set(lane_words.CONFIDENCES) == set(Confidence)


def test_the_change_since_the_last_check_in() -> None:
    assert lane_words.since_check_in(lane()) == "+0.9"
    assert lane_words.since_check_in(lane(change=0.0)) == "unchanged"
    assert lane_words.since_check_in(lane(change=None)) == ""


def test_two_kpis_of_one_name_are_told_apart_by_their_team() -> None:
    one, two = gauge(name="Waits"), gauge(kpi_id=2, name="Waits", team="North")
    other = gauge(kpi_id=3, name="Cost")
    names = gauge_words.told_apart([one, two, other])
    assert list(names.values()) == ["Waits · Sales", "Waits · North", "Cost"]


def test_an_objective() -> None:
    assert (
        lane_words.objective_facts(objective(), "Company") == "aspirational · Customer team · Ana"
    )
    assert lane_words.objective_facts(objective(), "Customer team") == "aspirational · Ana"
    assert (
        lane_words.objective_facts(objective(owner=None), "Company")
        == "aspirational · Customer team"
    )
    assert lane_words.progress(0.456) == "0.46"
    assert lane_words.progress(-0.1) == "−0.10"
    assert lane_words.unvalued(objective(unvalued=("One", "Two"))) == "counts as 0: One, Two"
    assert lane_words.unvalued(objective()) == ""


def test_guardrails_are_named_when_broken_or_silent() -> None:
    healths = (Health.OUT_OF_RANGE, Health.IN_RANGE, Health.NO_DATA, Health.NEAR_EDGE)
    rails = tuple(GuardrailView(n, f"Rail {n}", health) for n, health in enumerate(healths))
    assert lane_words.guardrails(objective(guardrails=rails)) == (
        (0, "Rail 0", "is out of range while this objective runs"),
        (2, "Rail 2", "has no data while this objective runs"),
    )


def told(card: DecisionCard) -> tuple[str, ...]:
    texts = (
        card_words.card_title(card),
        card_words.card_fact(card, TODAY),
        card_words.card_text(card, TODAY),
    )
    return tuple(plain(text) for text in texts)


def test_the_card_of_a_gauge_out_of_range() -> None:
    assert told(out_of_range(value=64.0, low=45.0, high=60.0, unit="days")) == (
        "Conversion rate",
        "■ out of range, 3 weeks",
        "64 days · ideal 45–60 days · Sales · Ana",
    )


def test_the_card_of_a_silent_gauge() -> None:
    silent = gauge(health=Health.NO_DATA, period=WEEKS[2], owner=None)
    assert told(DecisionCard("no data", gauge=silent)) == (
        "Conversion rate",
        "◌ no reading for 16 days",
        "due every week · Sales",
    )


def test_the_card_of_a_key_result_behind_pace() -> None:
    slow = lane(standing="behind pace", progress=0.1, unchanged_since=date(2026, 10, 26))
    assert told(DecisionCard("behind pace", lane=slow, objective="Selling is simple")) == (
        "Raise 90-day retention",
        "◣ 48 points behind pace",
        "unchanged for 3 weeks · at 75.8 % · Ana · Selling is simple",
    )


def test_every_kind_of_card_has_a_verb() -> None:
    assert set(card_words.VERBS) == {"out of range", "behind pace", "no data"}

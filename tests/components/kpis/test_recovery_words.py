"""How a recovery stands, in words: nothing is said of a day that is another's."""

from dataclasses import replace
from datetime import date

import pytest

from components.kpis import recovery_words
from components.ui.formatting import FIXED
from data.kpis.views.recovery import Phase
from models import Cadence
from tests.components.examples import RECOVERY as VIEW

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("phase", "relapsed", "confirmed", "told"),
    [
        ("under way", None, None, "since 2 Mar"),
        ("certified", None, None, "rerouted 2 Mar"),
        ("on probation", None, date(2026, 10, 5), "confirmed 5 Oct"),
        ("relapsed", date(2026, 10, 19), date(2026, 10, 5), "since 19 Oct"),
        ("certified", date(2026, 10, 19), date(2026, 10, 5), "slipped 19 Oct"),
    ],
)
def test_a_day_is_told_with_what_happened_on_it(
    phase: Phase, relapsed: date | None, confirmed: date | None, told: str
) -> None:
    view = replace(VIEW, phase=phase, relapsed_on=relapsed, confirmed_on=confirmed)
    parts = recovery_words.line(view, Cadence.WEEKLY, TODAY).split(" · ")
    assert told in [part.replace(FIXED, " ") for part in parts]


def test_what_waits_for_a_person_says_so_in_few_words() -> None:
    certified = replace(VIEW, phase="certified")
    assert recovery_words.short(certified, Cadence.WEEKLY) == "certified, to be confirmed"


def test_a_provisional_certificate_says_what_it_cannot_rule_out() -> None:
    view = replace(VIEW, phase="certified", is_provisional=True, left_open=2.5, half_pass=0.24)
    told = recovery_words.certificate(view, Cadence.MONTHLY, "days").replace(FIXED, " ")
    assert told == (
        "Certified for now: 6 readings are few. It may still be worse than before by 2.5 days. "
        "Of those that come back by half, 24 % pass as well."
    )


def test_nothing_is_said_of_how_many_pass_where_nobody_measured_it() -> None:
    view = replace(VIEW, phase="certified", is_provisional=True)
    told = recovery_words.certificate(view, Cadence.MONTHLY, "days")
    assert told == "Certified for now: 6 readings are few."


def test_silence_is_not_called_back() -> None:
    view = replace(VIEW, share_back=1.0, held=0, is_silent=True)
    assert recovery_words.parts(view, Cadence.MONTHLY)[0] == "◌ no recent reading"
    assert "enter the one that is due" in recovery_words.what_next(view)

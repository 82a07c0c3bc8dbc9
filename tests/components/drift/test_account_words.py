"""What is said of drifts that are over."""

from dataclasses import replace
from datetime import date

from components.drift import account_words
from data.screens.views.alarms import AlarmAccount, EndedDrift, YearOfDrifts
from models import Cadence

TODAY = date(2026, 11, 24)
DRIFT = EndedDrift(
    1, "Backlog", "Support", Cadence.WEEKLY, date(2026, 5, 4), date(2026, 6, 1), None
)
YEAR = YearOfDrifts("Support", 2026, 4, 2, 1, 1, 2, 5.6)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_drift_is_named_with_its_days() -> None:
    assert plain(account_words.drift(DRIFT, TODAY)) == "Backlog · Support · 4 May to 1 Jun"
    short = replace(DRIFT, until=DRIFT.on)
    assert plain(account_words.drift(short, TODAY)) == "Backlog · Support · 4 May"


def test_a_year_says_what_became_of_its_drifts() -> None:
    told = (
        "Support · 4 shown · 2 real · 1 not real · 1 without a word yet · 1 missed · 6 weeks gained"
    )
    assert account_words.line(YEAR) == told
    calm = YearOfDrifts("Support", 2026, 0, 0, 0, 1, 0, 0.0)
    assert account_words.line(calm) == "Support · 0 shown · 1 missed"


def test_it_says_how_many_more_wait() -> None:
    account = AlarmAccount(1, (DRIFT,) * 4, (), (0.04, 0.05))
    assert account_words.more(account) == "1 more drift after these."
    assert account_words.more(replace(account, to_judge=(DRIFT,) * 3)) == ""


def test_it_names_the_rate_that_is_promised() -> None:
    assert "about 4 to 5 are called drifting" in account_words.promised((0.04, 0.05))

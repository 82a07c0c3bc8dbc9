"""What a file's numbers would have told, in words that anybody reads at once."""

import re
from datetime import date
from typing import Any

import pytest
import textstat

from components.exchange import hindsight_words
from data.exchange.views import Hindsight, KpiHindsight
from models import Better, Cadence, Rule, Signal
from tests.components import sentences
from tests.components.hindsight_examples import TODAY, drift, kpi, steady, then, view, young

EASY = 60


def plain(text: str) -> str:
    return re.sub(r"\s", " ", text)


def story(one: KpiHindsight) -> str:
    return plain(hindsight_words.story(one, TODAY))


def past(**changes: Any) -> KpiHindsight:
    return kpi(story="drifted", drifts=(drift(**changes),))


GONE = {"ended": date(2026, 10, 1)}
NEVER = {"left": None, "ahead": 0}
STORIES: dict[str, tuple[KpiHindsight, str]] = {
    "warned": (
        kpi(),
        "Began to rise in Mar 2026. Milepost would have said so in May 2026, "
        "2 months before it left its range.",
    ),
    "warned, once": (
        kpi(drifts=(drift(ahead=1, **GONE),)),
        "Began to rise in Mar 2026. Milepost would have said so in May 2026, "
        "1 month before it left its range. It was steady again in Oct 2026.",
    ),
    "never left": (
        past(**NEVER),
        "Began to rise in Mar 2026. Milepost would have said so in May 2026, "
        "and it is still in its range.",
    ),
    "never left, and over": (
        past(**NEVER, **GONE),
        "Began to rise in Mar 2026. Milepost would have said so in May 2026, "
        "and it never left its range. It was steady again in Oct 2026.",
    ),
    "left before": (
        past(left=date(2026, 4, 1), ahead=-1),
        "Began to rise in Mar 2026 and left its range in Apr 2026. "
        "Milepost would have said so in May 2026.",
    ),
    "left at once": (
        past(left=date(2026, 3, 1), ahead=-2),
        "Began to rise in Mar 2026 and left its range at once. "
        "Milepost would have said so in May 2026.",
    ),
    "outside already": (
        past(was_outside=True, left=date(2026, 3, 1), ahead=-2),
        "Began to rise in Mar 2026, out of its range already. "
        "Milepost would have said so in May 2026.",
    ),
    "without a range": (
        kpi(story="drifted", high=None, drifts=(drift(**NEVER),)),
        "Began to rise in Mar 2026. Milepost would have said so in May 2026.",
    ),
    "coming back": (
        kpi(signal=then(signal=Signal.RECOVERING)),
        "Began to rise in Mar 2026. Milepost would have said so in May 2026, "
        "2 months before it left its range. It is on its way back.",
    ),
    "falling": (
        kpi(better=Better.HIGHER, drifts=(drift(**NEVER, signal=then(mean=3.0)),)),
        "Began to fall in Mar 2026. Milepost would have said so in May 2026, "
        "and it is still in its range.",
    ),
    "out of range": (
        steady(story="outside", outside_for=4),
        "Out of its range for the last 4 months.",
    ),
    "restless": (
        steady(story="restless"),
        "Looks restless, is not: 93 to 96 % is what it does.",
    ),
    "steady": (steady(), "Steady: 93 to 96 % is what it does."),
    "constant": (steady(lower=5.0, upper=5.0, series=(5.0, 5.0)), "Steady: 5 % is what it does."),
    "growing": (
        steady(story="growing", pace=1.1, unit="T€"),
        "Growing by 1.1 T€ a month, as it has all along.",
    ),
    "falling all along": (
        steady(story="growing", pace=-0.25, cadence=Cadence.WEEKLY),
        "Falling by 0.25 % a week, as it has all along.",
    ),
    "better": (
        steady(
            story="better",
            signal=then(signal=Signal.STEADY, favourable=True, mean=97.0, expected=94.0),
        ),
        "Better than before: 97 % against 94 %.",
    ),
    "watched": (
        steady(story="watched", signal=then(signal=Signal.WATCH, rule=Rule.RUN, last=2.0)),
        "8 months in a row were higher than usual.",
    ),
    "young": (
        young(),
        "None of 8 readings out of its range so far. "
        "A drift can be told from the 24th reading on, in Mar 2027.",
    ),
    "young and outside": (
        young(outside=3),
        "3 of 8 readings out of its range so far. "
        "A drift can be told from the 24th reading on, in Mar 2027.",
    ),
    "young without a range": (
        young(high=None),
        "8 readings so far. A drift can be told from the 24th reading on, in Mar 2027.",
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_told_in_a_sentence_or_two(name: str) -> None:
    one, said = STORIES[name]
    assert story(one) == said


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_easy_to_read_and_uses_no_hard_word(name: str) -> None:
    one, _ = STORIES[name]
    assert textstat.flesch_reading_ease(story(one)) >= EASY
    assert [word for word in sentences.HARD_WORDS if word in story(one).casefold()] == []


VIEWS = {
    "one of many": (
        view(kpi(), *[steady()] * 5),
        "Two years of your numbers: 1 of 6 KPIs drifted",
        "5 show routine ups and downs. By luck alone, fewer than 1 of 6 would have been called "
        "drifting.",
    ),
    "none": (
        view(steady(), steady(signal=then(signal=Signal.WATCH)), by_chance=(1.1, 1.9)),
        "Two years of your numbers: none of 2 KPIs drifted",
        "1 shows routine ups and downs. 1 is worth a look. By luck alone, about 1 to 2 of 2 would "
        "have been called drifting.",
    ),
    "too few": (
        view(young(), young(told_on=date(2027, 2, 1)), first=date(2026, 2, 1)),
        "Ten months of your numbers: too few to tell a drift yet",
        "2 are too new to tell a drift: that can be done from the 24th reading on, in Feb 2027.",
    ),
    "the only one": (
        view(kpi(), first=date(2025, 12, 1)),
        "A year of your numbers: the one KPI drifted",
        "By luck alone, fewer than 1 of 1 would have been called drifting.",
    ),
    "one young": (
        view(steady(), young(), first=date(2026, 10, 13)),
        "Six weeks of your numbers: the one KPI did not drift",
        "1 shows routine ups and downs. 1 is too new to tell a drift: that can be done from the "
        "24th reading on, in Mar 2027. By luck alone, fewer than 1 of 1 would have been called "
        "drifting.",
    ),
    "long ago": (
        view(kpi(), kpi(), first=date(2012, 1, 1)),
        "15 years of your numbers: 2 of 2 KPIs drifted",
        "By luck alone, fewer than 1 of 2 would have been called drifting.",
    ),
}


@pytest.mark.parametrize("name", VIEWS)
def test_the_headline_counts_and_the_line_below_is_honest(name: str) -> None:
    shown, title, besides = VIEWS[name]
    assert plain(hindsight_words.headline(shown)) == title
    assert plain(hindsight_words.besides(shown)) == besides


@pytest.mark.parametrize("name", VIEWS)
def test_headlines_are_easy_to_read(name: str) -> None:
    shown: Hindsight = VIEWS[name][0]
    said = plain(f"{hindsight_words.headline(shown)}. {hindsight_words.besides(shown)}")
    assert textstat.flesch_reading_ease(said) >= EASY
    assert [word for word in sentences.HARD_WORDS if word in said.casefold()] == []


def test_how_it_is_known_gives_the_rate_and_each_drift_with_its_numbers() -> None:
    shown = view(kpi(odd=2), steady(odd=1), left_out=7)
    said = [(about, plain(text)) for about, text in hindsight_words.reasons(shown)]
    assert ("", hindsight_words.ONE_BY_ONE) in said
    assert any("4 to 5 are called drifting within 26 readings" in text for _, text in said)
    assert any(text.startswith("3 readings were far off, and no drift") for _, text in said)
    assert ("", "Only the first 2 of 9 KPIs were looked at.") in said
    (reason,) = [text for about, text in said if about == "Scrap rate"]
    assert reason.startswith("As told in May 2026: The last 8 readings average 5.2 %")


def test_what_is_too_long_ago_to_be_looked_at_is_said() -> None:
    shown = view(steady(cadence=Cadence.DAILY, series=(1.0,) * 260), cut=Cadence.DAILY)
    assert plain(hindsight_words.besides(shown)).endswith("Only the last 260 days are looked at.")


def test_the_team_is_named_where_there_are_several() -> None:
    other = steady(team="Sales")
    assert hindsight_words.whose(other, view(kpi(), other)) == "Sales"
    assert hindsight_words.whose(other, view(other)) == ""


def test_the_picture_is_named_after_the_company() -> None:
    assert hindsight_words.file_name(view(kpi())) == "brotwerk-süd-söhne-hindsight.png"
    assert hindsight_words.file_name(view(kpi(), company="/../")) == "milepost-hindsight.png"

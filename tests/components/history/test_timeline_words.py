"""What is said on the road so far."""

from dataclasses import replace
from datetime import date

import pytest

from components.history import timeline_words as words
from components.okrs import closing_words
from data.okrs.views.timeline import Chapter, PastEvent, PastObjective
from models import Ambition, ObjectiveState
from tests.components.examples import RECOVERY

TODAY = date(2026, 11, 24)


def past(score: float | None, **changes: object) -> PastObjective:
    facts = {
        "id": 1,
        "name": "Grow",
        "state": ObjectiveState.CLOSED if score is not None else ObjectiveState.ACTIVE,
        "ambition": Ambition.ASPIRATIONAL,
        "progress": 0.5 if score is None else score,
        "score": score,
    }
    return PastObjective(**{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ([1.0, 1.0, 1.0], "All of it got there: next time you can aim a little higher."),
        ([0.1, 0.3, 0.9], "Most of it was too much for one cycle"),
        ([0.1, 0.9], ""),
        ([0.7, 0.6, 1.0], ""),
        ([1.0], ""),
        ([], ""),
    ],
)
def test_a_set_says_kindly_what_it_shows(scores: list[float], said: str) -> None:
    assert closing_words.of_set(scores).startswith(said)
    assert bool(closing_words.of_set(scores)) is bool(said)


def test_what_is_under_way_has_no_part_in_it() -> None:
    rows = (past(1.0), past(1.0), past(None))
    chapter = Chapter("Q3", date(2026, 7, 1), date(2026, 9, 30), rows, (), 1.0)
    assert words.pattern(chapter)
    assert words.mean(chapter) == "mean score 1.00"
    assert words.days(chapter, TODAY).replace("\u00a0", " ") == "1 Jul – 30 Sep"


def test_an_objective_says_its_score_and_what_was_expected() -> None:
    assert words.objective(past(0.72)) == "0.72 · 0.7 is success"
    graduated = past(0.9, state=ObjectiveState.GRADUATED, ambition=Ambition.COMMITTED)
    assert words.objective(graduated) == "★ graduated · 0.90 · 1.0 expected"
    assert words.objective(past(None)).replace("\u00a0", " ") == "● under way · 50 %"


def test_a_recovery_that_slipped_again_is_not_called_on_probation() -> None:
    each = past(None, state=ObjectiveState.PROBATION, recovery=replace(RECOVERY, phase="relapsed"))
    told = words.objective(each).replace("\u00a0", " ")
    assert told == "▼ slipped again · second time · 50 %"


@pytest.mark.parametrize(
    ("times", "said"), [(1, "was rerouted"), (2, "was rerouted for the second time")]
)
def test_a_reroute_says_plainly_that_it_is_not_the_first(times: int, said: str) -> None:
    assert words.event(PastEvent(TODAY, "rerouted", 1, "Churn", "", times)) == said
    assert words.event(PastEvent(TODAY, "slipped", 1, "Churn", "", times)) == "slipped again"


def test_the_bar_of_what_is_over_shows_its_score() -> None:
    assert words.share(past(0.97, progress=0.83)) == 0.97
    assert words.share(past(None, progress=0.4)) == 0.4

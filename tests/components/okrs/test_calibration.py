"""What is said of how often chances came true."""

from analytics.calibration import Reliability
from components.okrs import calibration, calibration_words
from data.okrs.queries.calibration import CHANCES
from data.okrs.views.calibration import Account, Calibration

ENOUGH = Account(20, 0.2312, (Reliability(0.1431, 0.0, 3), Reliability(0.65, 1.0, 17)))
FEW = Account(19, None, ())


def view(**changes: object) -> Calibration:
    facts = {"team": "Sales", "cycles": ("Q1 2026",), "key_results": 21, "reached": 14}
    return Calibration(**{**facts, "people": FEW, "milepost": ENOUGH, **changes})  # type: ignore[arg-type]


def test_it_says_what_is_counted() -> None:
    said = (
        "Half way through Q1 2026, 21 key results had not got there yet. In the end 14 of them did."
    )
    assert calibration_words.lead(view()) == said
    assert "through 3 cycles" in calibration_words.lead(view(cycles=("A", "B", "C")))
    assert calibration_words.lead(view(key_results=0)).startswith("No cycle of Sales")


def test_of_too_few_it_says_how_many_it_takes() -> None:
    assert calibration_words.score(FEW) == "19 cases so far: it takes 20 to tell"
    assert calibration_words.score(ENOUGH) == "20 cases · Brier score 0.23"


def test_each_word_of_confidence_has_its_chance() -> None:
    told = calibration_words.counted_as(CHANCES).replace("\u00a0", " ")
    assert told == "We count sure as 90 %, likely as 70 %, unsure as 40 % and doubtful as 10 %."


def test_a_point_has_its_place_and_its_numbers() -> None:
    first, _ = calibration._account("Milepost", ENOUGH, "")["points"]
    assert (first["x"], first["y"], first["cases"]) == (0.143, 0.0, 3)
    assert (first["said"], first["cameTrue"]) == ("14\u00a0%", "0\u00a0%")

import re
from pathlib import Path

from components.cockpit import teams
from components.cockpit.legend import legend
from components.kpis import gauge_words
from data.screens.views.cockpit import Tally

TALLY = Tally(kpis=41, in_range=32, outside=7, silent=2, drifting=5, drifting_inside=3)


def test_the_parts_of_a_bar_are_all_there_are_and_said_in_words() -> None:
    assert teams.shares(TALLY) == [29, 3, 7, 2]
    assert sum(teams.shares(TALLY)) == TALLY.kpis
    assert teams.said(TALLY) == "29 in range, 3 in range, drifting, 7 out of range, 2 no data"
    assert teams.said(Tally()) == "no KPI with a range"


def test_the_first_two_parts_are_what_is_in_range() -> None:
    assert sum(teams.shares(TALLY)[:2]) == TALLY.in_range


def test_every_sign_of_a_gauge_is_explained() -> None:
    explained = {sign["sign"] for sign in legend()}
    signs = [
        text.split()[0] for text in (*gauge_words.STATES.values(), *gauge_words.MARKS.values())
    ]
    assert explained >= {*signs, "◣", "◆", "⟲", "▸ ◂", "▲ ▼"}
    assert all(sign["meaning"] for sign in legend())


def test_every_line_that_is_explained_is_drawn() -> None:
    style = Path("components/frontend/headline/headline.css").read_text(encoding="utf-8")
    drawn = set(re.findall(r"\.(\w+) \{", style))
    assert {sign["line"] for sign in legend() if sign["line"]} <= drawn

"""Names of a spreadsheet: one that differs in capitals alone is found among very many."""

import time

from data.exchange.spreadsheets.kpi_names import Names

SHEET = "Numbers"


def test_a_name_in_other_capitals_is_the_first_that_was_here() -> None:
    names = Names.of(["Sales", "Open tickets"])
    assert names.name("SALES", SHEET) == "Sales"
    assert names.name("Support", SHEET) == "Support"
    assert names.name("support", SHEET) == "Support"
    assert names.look_alikes == {"SALES": "Sales", "support": "Support"}


def test_very_many_names_are_not_held_against_each_other() -> None:
    names = Names()
    begun = time.process_time()
    for at in range(20_000):
        names.name(f"Team {at}", SHEET)
    assert time.process_time() - begun < 2
    assert len(names.spelled) == 20_000

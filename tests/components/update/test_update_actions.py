"""What the list of one's own is sent of what somebody agreed to do, and what it leads to."""

from datetime import date
from typing import Any

import pytest

from components.update import update_list, update_words
from data.actions.views import ActionEdit, MyAction
from data.names.views import Found
from data.screens.views.update import Mine, TickEdit
from tests.components.examples import action
from tests.components.update.lead import led

TODAY = date(2026, 11, 24)


def my_action(**changes: Any) -> MyAction:
    return MyAction(action(**({"due": date(2026, 11, 27)} | changes)), "Sales", "Conversion", 1)


def actions_written(*actions: MyAction) -> dict[str, Any]:
    return dict(update_list._written(Mine(7, TODAY, (), (), actions), TODAY))


def test_what_one_agreed_to_do_stands_with_what_is_due() -> None:
    (row,) = actions_written(my_action())["rows"]
    assert (row["name"], row["leads"], row["team"]) == ("Check the feed", None, "Sales")
    assert led(row["fed"]) == ("kpi", 1, "about Conversion")
    assert (row["section"], row["waits"]) == ("due", "○ due 27\u00a0Nov")
    assert row["told"] == [{"done": "no", "note": ""}]
    cells = [column.name for column in update_list.COLUMNS[row["kind"]]]
    assert cells == ["done", "note"]


def test_what_is_about_nothing_leads_nowhere() -> None:
    (row,) = actions_written(MyAction(my_action().action, "Sales", "", None))["rows"]
    assert (row["fed"], row["when"]) == (None, "")


@pytest.mark.parametrize(
    ("keys", "target"), [((2, None), ("objective", 2)), ((None, 5), ("key result", 5))]
)
def test_what_an_action_is_about_stands_where_its_objective_does(
    keys: tuple[int | None, int | None], target: tuple[str, int]
) -> None:
    mine = MyAction(my_action().action, "Sales", "Sign customers", None, *keys, "North", "Q4 2026")
    (row,) = actions_written(mine)["rows"]
    assert led(row["fed"]) == (*target, "about Sign customers")
    assert (row["fed"]["team"], row["fed"]["cycle"]) == ("North", "Q4 2026")
    found = Mine(7, TODAY, (), (), (mine,)).found(*target)
    assert found == Found(*target, "Sign customers", "North", "Q4 2026")


@pytest.mark.parametrize(
    ("changes", "section", "waits"),
    [
        ({"due": TODAY}, "due", "○ due today"),
        ({"due": date(2026, 12, 1)}, "due", "○ due 1\u00a0Dec"),
        ({"due": date(2026, 12, 2)}, "later", "by 2\u00a0Dec"),
        ({"due": date(2026, 11, 23)}, "late", "◔ late since 23\u00a0Nov"),
        ({"due": date(2026, 11, 20), "done_on": TODAY}, "later", "done 24\u00a0Nov"),
    ],
)
def test_an_action_is_due_in_the_week_up_to_its_day(
    changes: dict[str, Any], section: str, waits: str
) -> None:
    mine = MyAction(action(**changes), "Sales", "Conversion", 1)
    found = actions_written(mine)
    (row,) = found["rows"]
    assert (row["section"], row["waits"]) == (section, waits)
    nothing = section == "later"
    assert found["sentence"] == (update_words.ALL_DONE if nothing else f"1 thing is {section}.")


def test_an_action_is_taken_as_it_was_ticked() -> None:
    sent_edit = {"do": "cells", "target": "action", "id": 3, "base_version": 7, "at": ""}

    def edited(**cells: str) -> object:
        return update_list.edit(sent_edit | {"cells": cells})

    assert edited(done="yes") == TickEdit(ActionEdit(3, "tick", 7, done=True))
    assert edited(done="no") == TickEdit(ActionEdit(3, "tick", 7, done=False))
    assert edited(note="<b>x</b>") == TickEdit(ActionEdit(3, "tick", 7, note="<b>x</b>"))
    assert edited(done="perhaps") is None
    assert edited(note="x" * 3000) is None
    assert edited(value="1") is None

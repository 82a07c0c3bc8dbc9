"""What no page sends is passed over, whatever it is made of."""

import pytest

from components.editing import grid
from components.okrs import okr_editing

ODD = [None, 7, "dragon", ["objective"], {"objective": 1}]
KNOWN = {"objective": {"name"}}


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_an_edit_of_what_is_no_row_is_none(odd: object) -> None:
    sent = {"target": odd, "id": 1, "base_version": 1, "do": "cells", "cells": {"name": "New"}}
    assert grid.edited(sent, KNOWN) is None


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_an_action_about_what_is_no_row_is_none(odd: object) -> None:
    sent = {"target": odd, "id": 1, "day": "2026-12-01", "text": "Call", "owner": "Ana"}
    assert okr_editing.agreement(sent) is None


@pytest.mark.parametrize("odd", ODD, ids=str)
@pytest.mark.parametrize("did", ["step", "steps"])
def test_a_step_that_is_none_is_not_taken(did: str, odd: object) -> None:
    sent = {"target": "objective", "id": 1, "base_version": 1, "do": did, "step": odd, "ids": [1]}
    assert okr_editing.edit(sent) is None

"""The table to type in: what is sent makes sense, or is no edit at all."""

import pytest

from components.editing.editable_table import Column, Edited, Tried, Written, _edited, _tried

TABLE = Written(
    name="kpis",
    columns=(
        Column("name", "KPI", "text", "10rem", fresh=True),
        Column("driven_by", "Driven by", "long", "10rem", live=True),
        Column("count", "Count", "shown", "4rem"),
    ),
    rows=({"id": 7, "name": "Churn", "cells": ["Churn", "", "3"], "notes": {}},),
    version=4,
    add="Add a KPI",
    archiving="It leaves.",
    place="3",
    heirs=((8, "Ben"),),
)
TYPED = {"table": "kpis", "place": "3", "id": 7, "cells": {"name": "Loss"}, "seen": 4}


def test_cells_an_archive_and_a_new_row_are_edits() -> None:
    assert _edited(TYPED, TABLE) == Edited(7, {"name": "Loss"}, 4)
    assert _edited({**TYPED, "id": 0}, TABLE) == Edited(0, {"name": "Loss"}, 4)
    assert _edited({**TYPED, "archive": True}, TABLE) == Edited(7, {}, 4, archive=True)
    assert _edited({**TYPED, "hand_to": 8}, TABLE) == Edited(7, {}, 4, hand_to=8)


@pytest.mark.parametrize(
    "change",
    [
        {"table": "teams"},
        {"place": "4"},
        {"place": None},
        {"hand_to": 9},
        {"hand_to": "8"},
        {"id": "7"},
        {"id": True},
        {"id": -1},
        {"seen": None},
        {"cells": {}},
        {"cells": {"count": "4"}},
        {"cells": {"colour": "red"}},
        {"cells": {"name": 4}},
        {"cells": {"name": "x" * 10_001}},
        {"cells": ["name"]},
    ],
)
def test_anything_else_is_none(change: dict[str, object]) -> None:
    assert _edited({**TYPED, **change}, TABLE) is None


def test_only_a_live_cell_is_tried() -> None:
    sent = {"table": "kpis", "id": 7, "cell": "driven_by", "typed": "[Lost"}
    assert _tried(sent, TABLE) == Tried(7, "driven_by", "[Lost")
    assert _tried({**sent, "cell": "name"}, TABLE) is None
    assert _tried({**sent, "typed": None}, TABLE) is None
    assert _tried(None, TABLE) is None

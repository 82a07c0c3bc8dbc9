"""What the table of objectives sends back."""

from typing import Any

import pytest

from components.okrs import (
    okr_editing,
)
from data.okrs.views.drafts import (
    OkrAdd,
    OkrArchive,
    OkrCell,
    OkrMove,
    OkrPlace,
    OkrStep,
    OkrSteps,
)


@pytest.mark.parametrize(
    ("sent", "edit"),
    [
        (
            {"do": "cells", "target": "key result", "id": 7, "cells": {"unit": "x"}},
            OkrCell("key result", 7, "unit", "x", 5),
        ),
        (
            {"do": "add", "target": "objective", "cells": {"name": "X"}, "under": None},
            OkrAdd("objective", "X", None, 5),
        ),
        (
            {"do": "add", "target": "key result", "cells": {"name": "X", "owner": "B"}, "under": 1},
            OkrAdd("key result", "X", 1, 5, "B"),
        ),
        ({"do": "step", "target": "objective", "id": 1, "step": "close"}, OkrStep(1, "close", 5)),
        (
            {"do": "steps", "target": "objective", "ids": [1, 2], "step": "start"},
            OkrSteps((1, 2), "start", 5),
        ),
        ({"do": "archive", "target": "objective", "id": 1}, OkrArchive("objective", 1, 5)),
        ({"do": "place", "target": "objective", "id": 1}, OkrPlace("objective", 1, None)),
        (
            {"do": "move", "target": "objective", "id": 1, "team": "A", "cycle": "B"},
            OkrMove("objective", 1, 5, "A", "B"),
        ),
    ],
)
def test_what_the_table_sends_is_understood(sent: dict[str, Any], edit: object) -> None:
    assert okr_editing.edit({"id": 0, **sent, "base_version": 5}) == edit


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "cells", "target": "team", "cells": {"name": "x"}},
        {"do": "cells", "target": "objective", "cells": {"unit": "x"}},
        {"do": "cells", "target": "objective", "cells": {"name": "x", "owner": "y"}},
        {"do": "cells", "target": "objective", "id": True, "cells": {"name": "x"}},
        {"do": "cells", "target": "objective", "cells": {"name": 5}},
        {"do": "cells", "target": "objective", "cells": {"name": "x" * 2001}},
        {"do": "cells", "target": "objective", "cells": {"name": "x"}, "base_version": None},
        {"do": "add", "target": "key result", "cells": {"name": "x"}, "under": None},
        {"do": "add", "target": "objective", "cells": {"name": "x" * 2001}, "under": None},
        {"do": "add", "target": "objective", "cells": {"owner": "x"}, "under": None},
        {"do": "step", "target": "objective", "step": "explode"},
        {"do": "steps", "target": "objective", "ids": [], "step": "start"},
        {"do": "steps", "target": "objective", "ids": [1, "2"], "step": "close"},
        {"do": "steps", "target": "objective", "ids": [1], "step": "reopen"},
        {"do": "dance", "target": "objective"},
    ],
)
def test_anything_else_is_none(sent: dict[str, Any]) -> None:
    assert okr_editing.edit({"id": 1, "base_version": 5, **sent}) is None


@pytest.mark.parametrize("sent", [None, [], "x"])
def test_what_is_no_change_at_all_is_none(sent: object) -> None:
    assert okr_editing.edit(sent) is None

"""How often chances came true, of people and of Milepost side by side."""

from collections.abc import Mapping
from typing import Any

from components.okrs import calibration_words
from components.ui import formatting, frontend
from data.okrs.views.calibration import Account, Calibration
from models import Confidence

_CALIBRATION = frontend.element("calibration")


def show(view: Calibration, chances: Mapping[Confidence, float], *, key: str) -> None:
    """Show what was said against what came true; `chances` are those of words of confidence."""
    accounts = [
        _account(calibration_words.PEOPLE, view.people, calibration_words.counted_as(chances)),
        _account(calibration_words.MILEPOST, view.milepost, calibration_words.COMPUTED),
    ]
    data = {
        "lead": calibration_words.lead(view),
        "accounts": accounts if view.key_results else [],
    }
    _CALIBRATION(key=key, data=data)


def _account(title: str, account: Account, about: str) -> dict[str, Any]:
    return {
        "title": title,
        "score": calibration_words.score(account),
        "note": " ".join(filter(None, (calibration_words.scale(account), about))),
        "points": [
            {
                "x": round(point.said, 3),
                "y": round(point.came_true, 3),
                "cases": point.cases,
                "said": formatting.percent(point.said),
                "cameTrue": formatting.percent(point.came_true),
            }
            for point in account.points
        ],
    }

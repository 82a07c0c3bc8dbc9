"""Which function a team's name says that it has."""

import re
from collections.abc import Mapping

from data.exchange.templates.library import LIBRARY

SHORT_FORMS: Mapping[str, tuple[str, ...]] = {
    "Human resources": ("hr", "people", "recruiting", "talent"),
    "Technical support": ("support", "service desk", "help desk", "helpdesk"),
    "Procurement": ("purchasing", "buying", "sourcing"),
}
"""What teams of a function call themselves besides its own name."""


def function_named_by(team: str) -> str | None:
    """Give the library's function that a team's name says; None where it says none or several."""
    words = re.findall(r"[^\W_]+", team.casefold())
    said = f" {' '.join(words)} "
    named = [
        each.name for each in LIBRARY if any(f" {form} " in said for form in _forms(each.name))
    ]
    return named[0] if len(named) == 1 else None


def _forms(function: str) -> tuple[str, ...]:
    return function.casefold(), *SHORT_FORMS.get(function, ())

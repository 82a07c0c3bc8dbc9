"""The words of an objective: an outcome, short, in plain words, without figures."""

from __future__ import annotations

import re

from analytics.coach import english
from analytics.coach.draft import DraftObjective
from analytics.coach.remark import About, Kind, Remark

MOST_WORDS = 14

FIGURE = re.compile(r"(?<![\w.,/:-])[€$£]?\s?\d[\d.,]*(?:\s?(?:%|€|\$|£|[km]\b|percent|million))?")
A_NAME = re.compile(r"(?:iso|version|phase|level|series|tier|generation|industry)\s*$", re.I)
A_YEAR = re.compile(r"(?:19|20)\d\d")
AFTER_A_NAME = re.compile(r"[/:]\d|(?:st|nd|rd|th|d|g)\b", re.I)


def task(objective: DraftObjective, about: About) -> Remark | None:
    """Remark on an objective that is something to do rather than something to reach."""
    name = objective.name
    asks = english.asks(name) or english.asks_often(name) or english.names_a_project(name)
    if not asks or english.QUALITIES.intersection(english.words(name)):
        return None
    reason = (
        "This is something to do; it can be done and change nothing. "
        "Say what will be different for somebody once it is done."
    )
    return Remark(Kind.TASK, about, reason)


def figures(objective: DraftObjective, about: About) -> Remark | None:
    """Remark on a figure in an objective; years, and numbers that are names, are fine."""
    for match in FIGURE.finditer(objective.name):
        figure = match.group().strip()
        named = A_NAME.search(objective.name[: match.start()])
        named = named or AFTER_A_NAME.match(objective.name[match.end() :])
        if not named and not A_YEAR.fullmatch(figure):
            reason = (
                f"“{figure}” is for a key result to say. "
                "An objective in words alone is easier to remember and to believe in."
            )
            return Remark(Kind.FIGURES, about, reason)
    return None


def long(objective: DraftObjective, about: About) -> Remark | None:
    """Remark on an objective of more than 14 words."""
    count = len(english.words(objective.name))
    if count <= MOST_WORDS:
        return None
    reason = (
        f"{count} words are hard to keep in mind. "
        "Keep the one thing that matters, and let the key results say the rest."
    )
    return Remark(Kind.LONG, about, reason)


def slogan(objective: DraftObjective, about: About) -> Remark | None:
    """Remark on an objective that any team could have: big words and nothing else."""
    said = set(english.words(objective.name)) - english.FILLERS
    hollow = said & english.HOLLOW
    if not hollow or said - english.HOLLOW - english.GENERIC:
        return None
    reason = (
        "Any team could say this, so it does not help to choose. "
        "Say who will notice what when you get there."
    )
    return Remark(Kind.SLOGAN, about, reason)

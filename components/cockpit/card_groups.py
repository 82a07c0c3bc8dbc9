"""Cards that say the same of siblings, as one: five lines whose scrap rate drifts."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from components.ui import words
from data.screens.views.cockpit import DecisionCard

FEWEST = 3
"""So many cards of a kind are one; two are seen together anyway."""

BY_TEAM = ("team", "objective")
"""What tells cards of one name apart: the team of a KPI, the objective of a key result."""

Kin = tuple[str, bool, str, str]
"""What cards have in common: kind, whether they are decided, what they are, and of what."""


TROUBLES = {
    "drifting": "drifting, nobody has decided",
    "out of range": "out of range, nobody has decided",
    "behind pace": "behind pace",
    "no data": "without a recent reading",
    "settled": "better than before",
}
"""What cards of a kind have in common, while nobody has decided."""


class Group(NamedTuple):
    """Cards of a kind by their places, the worst first, and what they are called together.

    `whose` is the one team that they are of, `apart` tells that they differ by their team alone.
    """

    title: str
    whose: str
    trouble: str
    apart: bool
    places: tuple[int, ...]


def groups(cards: Sequence[DecisionCard]) -> list[Group]:
    """Find the cards that say the same of siblings."""
    alike: dict[Kin, list[int]] = defaultdict(list)
    for at, card in enumerate(cards):
        alike[_kin(card)].append(at)
    return [
        _group(kin, places, [cards[at] for at in places])
        for kin, places in alike.items()
        if len(places) >= FEWEST
    ]


def _kin(card: DecisionCard) -> Kin:
    name = card.gauge.name if card.gauge else card.key_result.name if card.key_result else ""
    thing, trail = _parts(name, card.gauge.team if card.gauge else "")
    return card.kind, card.decided, thing or BY_TEAM[not card.gauge], trail


def _parts(name: str, team: str) -> tuple[str, str]:
    """Take apart what a name is of and what it says of it: a numbered thing, or its team."""
    texts = name.split()
    numbered = [at for at, text in enumerate(texts) if any(map(str.isdigit, text))]
    if numbered and 0 < numbered[-1] < len(texts) - 1:
        at = numbered[-1]
        return " ".join(texts[:at]).lower(), " ".join(texts[at + 1 :])
    return "", name.removeprefix(f"{team} ")


def _group(kin: Kin, places: Sequence[int], cards: Sequence[DecisionCard]) -> Group:
    kind, decided, thing, trail = kin
    teams = {card.gauge.team for card in cards if card.gauge}
    told = TROUBLES[kind].partition(",")[0] if decided else TROUBLES[kind]
    return Group(
        title=f"{words.counted(len(places), thing)}: {trail}",
        whose=next(iter(teams)) if len(teams) == 1 else "",
        trouble=f"all are {told}{', decided' if decided else ''}",
        apart=thing in BY_TEAM,
        places=tuple(places),
    )

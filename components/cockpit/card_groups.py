"""Cards that say the same of siblings, as one: five lines whose scrap rate drifts."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from components.ui import words
from data.screens.views.cockpit import DecisionCard

FEWEST = 3
"""So many cards of a kind are one; two are seen together anyway."""

COUNTABLE = {"line", "machine", "oven", "plant", "room", "shift", "shop", "site", "store", "ward"}
"""What is numbered and counted in English: all else has its number left out instead."""

TROUBLES = {
    "drifting": "drifting, nobody has decided",
    "out of range": "out of range, nobody has decided",
    "behind pace": "behind pace",
    "no data": "without a recent reading",
    "settled": "better than before",
}
"""What cards of a kind have in common, while nobody has decided."""


class Kin(NamedTuple):
    """What cards have in common: kind, whether they are decided, and what their names say.

    Either they are of one team or objective, `whose`, and `thing` is the word before the number
    that tells them apart; or `thing` is what they are of, and each is of another.
    """

    kind: str
    decided: bool
    form: Literal["numbered", "namesakes", "prefixed"]
    whose: str
    thing: str
    trail: str


class Group(NamedTuple):
    """Cards of a kind by their places, the worst first, and what they are called together.

    `key` stays while cards come and go. `whose` is the one team or objective that they are of,
    `apart` tells that they differ by theirs alone.
    """

    key: str
    title: str
    whose: str
    trouble: str
    apart: bool
    places: tuple[int, ...]


def groups(cards: Sequence[DecisionCard]) -> list[Group]:
    """Find the cards that say the same of siblings, each once."""
    found: dict[Kin, list[int]] = {}
    for kin_of in (_numbered, _namesakes, _prefixed):
        found |= _alike(cards, kin_of, {at for places in found.values() for at in places})
    return [_group(kin, places) for kin, places in found.items()]


def _alike(
    cards: Sequence[DecisionCard], kin_of: Callable[[DecisionCard], Kin | None], known: set[int]
) -> dict[Kin, list[int]]:
    alike: dict[Kin, list[int]] = defaultdict(list)
    for at, card in enumerate(cards):
        kin = kin_of(card)
        if kin is not None and at not in known:
            alike[kin].append(at)
    return {kin: places for kin, places in alike.items() if len(places) >= FEWEST}


def _numbered(card: DecisionCard) -> Kin | None:
    """Give what cards of one team have in common where a number after one word tells them apart.

    Any other number says something of its own: the hours to answer in, the value to reach.
    """
    match _name(card).split():
        case [word, number, *trail] if trail and number.isdecimal() and word.isalpha():
            whose = card.gauge.team if card.gauge else card.objective or ""
            return Kin(card.kind, card.decided, "numbered", whose, word, " ".join(trail))
    return None


def _namesakes(card: DecisionCard) -> Kin:
    thing = "team" if card.gauge else "objective"
    return Kin(card.kind, card.decided, "namesakes", "", thing, _name(card))


def _prefixed(card: DecisionCard) -> Kin | None:
    """Give what cards have in common where each name begins with that of its team."""
    name, team = _name(card), card.gauge.team if card.gauge else ""
    trail = name.removeprefix(f"{team} ")
    if trail == name:
        return None
    return Kin(card.kind, card.decided, "prefixed", "", "team", trail)


def _name(card: DecisionCard) -> str:
    return card.gauge.name if card.gauge else card.key_result.name if card.key_result else ""


def _group(kin: Kin, places: Sequence[int]) -> Group:
    told = TROUBLES[kin.kind].partition(",")[0] if kin.decided else TROUBLES[kin.kind]
    return Group(
        key=json.dumps(kin),
        title=_title(kin, len(places)),
        whose=kin.whose,
        trouble=f"all are {told}{', decided' if kin.decided else ''}",
        apart=kin.form != "numbered",
        places=tuple(places),
    )


def _title(kin: Kin, count: int) -> str:
    thing = kin.thing.lower()
    if kin.form != "numbered" or thing in COUNTABLE:
        return f"{words.counted(count, thing)}: {kin.trail}"
    return f"{kin.thing} … {kin.trail}, {count} of them"

"""What is proposed for a recovery beside its words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecoveryCycles:
    """The cycles that a recovery may be in, by name and key, and for how many periods it holds.

    `proposed` is the place of the one that is proposed among them.
    """

    offered: tuple[tuple[str, int], ...]
    proposed: int
    periods: int

"""What a vote comes to: the middle of what was said."""

from collections.abc import Sequence
from itertools import accumulate


def middle(counts: Sequence[int]) -> int | None:
    """Give the place of the median of votes that are counted by place; None without a vote.

    Of two in the middle it is the later: counted from sure to doubtful, the more careful one.
    """
    so_far = list(accumulate(counts))
    if not so_far or not so_far[-1]:
        return None
    half = so_far[-1] // 2
    return next(place for place, count in enumerate(so_far) if count > half)

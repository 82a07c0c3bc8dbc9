"""The steps of a milestone as one cell: “Lease; Move (3)”, the share in brackets."""

import re
from collections.abc import Sequence

from data.core.cell_formatting import listed_name

Step = tuple[str, float]

SHARE = re.compile(r"(.*\S)\s*\((\d[\d.,]*)\s*%?\)")


def spelled_steps(steps: Sequence[Step]) -> str:
    """Write steps as they would be typed; equal shares are left out."""
    equal = len({share for _, share in steps}) <= 1 and not any(
        SHARE.fullmatch(name) for name, _ in steps
    )
    return "; ".join(
        listed_name(name if equal else f"{name} ({share:.12g})") for name, share in steps
    )

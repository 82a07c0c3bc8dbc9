"""The steps of a milestone as one cell: “Lease; Move (3)”, the share in brackets."""

import re
from collections.abc import Sequence

from data.core import typed_text

Step = tuple[str, float]

SHARE = re.compile(r"(.*\S)\s*\((\d[\d.,]*)\s*%?\)")


def spelled_steps(steps: Sequence[Step]) -> str:
    """Write steps as they would be typed; equal shares are left out."""
    equal = len({share for _, share in steps}) <= 1 and not any(
        SHARE.fullmatch(name) for name, _ in steps
    )
    return typed_text.names(
        name if equal else f"{name} ({typed_text.number(share)})" for name, share in steps
    )

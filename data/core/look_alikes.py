"""Names that look alike: what people cannot tell apart on a screen is one name."""

import unicodedata
from functools import lru_cache

# Marks that choose how a sign is drawn, and letters that are drawn as nothing.
_UNDRAWN = frozenset([*map(chr, range(0xFE00, 0xFE10)), "\u034f", "\u115f", "\u1160", "\u3164"])


@lru_cache(maxsize=100_000)
def look(name: str) -> str:
    """Give what names that look alike have in common: their composed form (NFKC), as it is seen."""
    if name.isascii():
        return " ".join(name.split())
    return " ".join(unicodedata.normalize("NFKC", seen(name)).split())


@lru_cache(maxsize=100_000)
def seen(name: str) -> str:
    """Give a name without signs that nobody sees, with single spaces."""
    if name.isascii():
        return " ".join(name.split())
    kept = "".join(sign for sign in name if not _is_invisible(sign))
    return " ".join(kept.split()) or name


def _is_invisible(sign: str) -> bool:
    return sign in _UNDRAWN or unicodedata.category(sign) == "Cf"

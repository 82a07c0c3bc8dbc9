"""Numbers as people read them: rounded, large ones shortened, none like what it is not.

What somebody types is exact, in `data.core.typed_text`; the browser's twin of this is
`components/frontend/shared/numbers.js`.
"""

from decimal import ROUND_HALF_UP, Decimal
from math import isclose, isfinite

THIN = "\u202f"
"""The narrow space between thousands; a line never breaks at it."""

FIXED = "\u00a0"
"""The space between a number and its unit; a line never breaks at it."""

NOTHING = "–"

NOISE = 1e-14
"""A smaller difference, as a share of what differs, is one of computing and none of the world."""

FEWEST, MOST = 4, 17
"""So many significant digits are shown at first, and so many tell any two floats apart."""

THOUSAND, TEN_THOUSAND, MILLION = Decimal(1_000), Decimal(10_000), Decimal(1_000_000)
LETTERS = ((Decimal(10) ** 12, "T"), (Decimal(10) ** 9, "B"), (MILLION, "M"))
TINY = Decimal("0.00001")
"""What is smaller would be a row of zeros: it is written as a power of ten."""

POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float | None, *beside: float | None) -> str:
    """Write a number with digits enough to tell it from those that it stands beside.

    These are four significant ones, whole from a thousand on, three from a million on; more only
    where one of the others, which is not the same, would read alike.
    """
    if value is None or not isfinite(value):
        return NOTHING
    others = [each for each in beside if each is not None and isfinite(each)]
    others = [each for each in others if not is_same(value, each)]
    text = ""
    for digits in range(FEWEST, MOST + 1):
        text = _rounded(value, digits)
        if all(_rounded(each, digits) != text for each in others):
            break
    return text


def short(value: float, *beside: float) -> str:
    """Write a number where there is little room: from ten thousand on in thousands, as 16 k."""
    if not TEN_THOUSAND <= abs(value) < MILLION:
        return number(value, *beside)
    return f"{number(value / 1_000, *(each / 1_000 for each in beside))}{FIXED}k"


def whole(value: float | None) -> str:
    """Write a number as it was typed; nobody types a sixteenth digit, it comes from computing."""
    if value is None or not isfinite(value):
        return NOTHING
    text = _plain(Decimal(f"{abs(value):.15g}"))
    return f"−{text}" if value < 0 else text


def is_same(one: float, other: float) -> bool:
    """Tell whether two numbers differ by nothing but how they were computed."""
    return isclose(one, other, rel_tol=NOISE)


def _rounded(value: float, digits: int) -> str:
    size = _significant(Decimal(abs(value)), digits)
    if size >= MILLION:
        size = _significant(Decimal(abs(value)), digits - 1)
        scale, letter = next(pair for pair in LETTERS if size >= pair[0])
        text = f"{_plain(size / scale)}{FIXED}{letter}"
    elif 0 < size < TINY:
        power = size.adjusted()
        text = f"{_plain(size.scaleb(-power))}×10{str(power).translate(POWERS)}"
    else:
        text = _plain(size)
    return f"−{text}" if value < 0 and size else text


def _significant(size: Decimal, digits: int) -> Decimal:
    """Round to so many digits; below a million what is before the point stays whole."""
    last = size.adjusted() + 1 - digits
    if THOUSAND <= size < MILLION:
        last = min(last, 0)
    return size.quantize(Decimal(1).scaleb(last), ROUND_HALF_UP)


def _plain(size: Decimal) -> str:
    text = f"{size:,f}".replace(",", THIN)
    return text.rstrip("0").rstrip(".") if "." in text else text

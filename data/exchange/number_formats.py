"""Numbers in a spreadsheet: what stands before their decimals, and which could be two."""

import re
from collections.abc import Iterable

from data.core.number_parsing import ascii_digits

_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}", re.ASCII)
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d)")
_ONE_SIGN = re.compile(r"[+-]?\d*([.,])\d*", re.ASCII)


def could_be_two(text: str) -> bool:
    """Tell whether the sign in a number may stand before decimals or thousands: 1.234, 1,234."""
    return bool(_GROUPED.fullmatch(ascii_digits(text)))


def two_numbers(text: str) -> tuple[str, str]:
    """Give what such a number could be, without its sign and with a point for it."""
    digits = ascii_digits(text)
    return re.sub("[.,]", "", digits), digits.replace(",", ".")


def with_point(text: str, decimal: str) -> str:
    """Write such a number with a point, where it is known what stands before decimals."""
    other = "." if decimal == "," else ","
    return ascii_digits(text).replace(other, "").replace(decimal, ".")


def decimal_of(values: Iterable[str]) -> str | None:
    """Say which sign stands before the decimals, where one of the values proves it."""
    proofs = set()
    for value in (_SPACES.sub("", ascii_digits(value)) for value in values):
        if "," in value and "." in value:
            proofs.add("," if value.rindex(",") > value.rindex(".") else ".")
        elif value.count(",") > 1 or value.count(".") > 1:
            proofs.add("." if value.count(",") > 1 else ",")
        elif (sign := _ONE_SIGN.fullmatch(value)) and not _GROUPED.fullmatch(value):
            proofs.add(sign[1])
    return proofs.pop() if len(proofs) == 1 else None

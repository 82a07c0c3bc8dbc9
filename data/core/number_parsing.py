"""Numbers as people type them: decimal comma or point, spaces between thousands, a unit."""

import re
import unicodedata

from data.core.errors import CommandRejected
from data.core.limits import LARGEST_NUMBER
from data.core.problems import Code, shown

_SPACES = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))|(?<=^[+-]) +", re.ASCII)
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)
_WITH_UNIT = re.compile(r"[+−-]?[\d.,\s'’]*\d\s*((?:[^\W\d_]|[%‰°€$£¥/]){1,12})")
_THOUSANDS = {"k", "K", "M"}
_GROUPED = {sign: re.compile(rf"[+-]?[1-9]\d{{0,2}}(\{sign}\d{{3}})+") for sign in ",."}


_SIGNS = {"٫": ".", "٬": "'", "٪": "%"}


def ascii_digits(text: str) -> str:
    """Write a number of another script, or of full width, with the digits 0 to 9.

    Only what is read as a number is written so; all other text stays as it was typed. A raised
    digit is none: 12² is not 122; nor is a number that mixes scripts.
    """
    if text.isascii() or any("0" <= sign <= "9" for sign in text):
        return text
    return "".join(map(_ascii_sign, text))


def _ascii_sign(sign: str) -> str:
    if unicodedata.category(sign) == "Nd":
        return str(unicodedata.digit(sign))
    is_wide = unicodedata.decomposition(sign).startswith(("<wide>", "<narrow>"))
    return unicodedata.normalize("NFKC", sign) if is_wide else _SIGNS.get(sign, sign)


def typed_number(text: str, *, unit: str = "", field: str = "value") -> float:
    """Read a number as a person typed it.

    Raises `CommandRejected` where it is no number, or could be read two ways: “1,234”.
    """
    digits = ascii_digits(text.strip().replace("−", "-").removesuffix(unit).strip())
    bare = _SPACES.sub("", digits)
    if not bare:
        raise CommandRejected(field, "Type a number first.", code=Code.EMPTY)
    number = _without_groups(bare, field)
    if not _PLAIN.fullmatch(number):
        raise CommandRejected(
            field, f"“{shown(text)}” is not a number: type digits, for example 3.4."
        )
    return checked_number(float(number), field=field)


def unit_of(text: str) -> str:
    """Give the short unit that was typed after a number: “60 %”, “12 days”; empty for none.

    “5k” says how many and not of what.
    """
    found = _WITH_UNIT.fullmatch(text.strip())
    return "" if found is None or found[1] in _THOUSANDS else found[1]


def checked_number(value: object, *, field: str = "value") -> float:
    """Give back a number that can be kept; refuse what is none, infinity and the absurd."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise CommandRejected(field, "That is not a number: type digits, for example 3.4.")
    # Not a number is never within.
    if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        too_large = "That number is too large to keep: check its unit."
        raise CommandRejected(field, too_large, code=Code.TOO_LARGE)
    return float(value) + 0.0


def _without_groups(number: str, field: str) -> str:
    """Write the decimals after a point and drop what separates thousands."""
    if "," in number and "." in number:
        groups = "," if number.rindex(".") > number.rindex(",") else "."
        if any(len(group) != 3 for group in re.split(r"[.,]", number)[1:-1]):
            return number
        return number.replace(groups, "").replace(",", ".")
    for sign in ",.":
        if number.count(sign) > 1:
            return number.replace(sign, "") if _GROUPED[sign].fullmatch(number) else number
    if _GROUPED[","].fullmatch(number):
        whole, decimals = number.split(",")
        raise CommandRejected(
            field,
            f"Is that {whole}{decimals} or {whole}.{decimals}? Type it without the comma, "
            f"or as {whole}.{decimals}.",
            code=Code.TWO_NUMBERS,
        )
    return number.replace(",", ".")

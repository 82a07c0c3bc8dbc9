"""Numbers in the cells of spreadsheets: with signs, units, and whatever stands between digits."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from data.core.errors import CommandRejected
from data.core.number_parsing import checked_number, typed_number
from data.core.problems import Code, ParseError, shown
from data.exchange.number_formats import could_be_two, two_numbers, with_point
from data.exchange.spreadsheets.grid import Cell, CellKind

LONGEST_UNIT = 12

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–—﹣－‐‑", "-"),
        **dict.fromkeys("＋", "+"),
        **dict.fromkeys("．", "."),
        **dict.fromkeys("，", ","),
        **dict.fromkeys("％٪﹪", "%"),
        **dict.fromkeys("’‘´`ʹ＇", "'"),
        **dict.fromkeys("（", "("),
        **dict.fromkeys("）", ")"),
        "٬": "'",
        "≦": "≤",
        "⩽": "≤",
        "≧": "≥",
        "⩾": "≥",
        "＜": "<",
        "＞": ">",
        "…": "...",
    }
)
_ARABIC_DECIMAL = "٫"
"""Stands before decimals and nowhere else."""

_DIGITS = "|".join(
    (
        r"\d{1,3}(?:[ ']\d{3})+٫\d+|\d*٫\d+",
        r"\d+(?:[.,]\d+)?[eE][+-]?\d{1,3}",
        r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?",
        r"\d[\d.,]*|[.,]\d+",
    )
)
_UNIT = r"[^\d\s.,٫()+\-'<>=≤≥±](?:[^\d()<>=≤≥±+-]{0,11})?"
_NUMBER = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<before>{_UNIT})??\s*(?P<inner>[+-])?\s*"
    rf"(?P<digits>{_DIGITS})(?P<trailing>-)?\s*(?P<after>{_UNIT})?\s*(?P<close>\))?\s*(?P<outer>{_UNIT})?",
    re.ASCII,
)
_UNIT_FIRST = re.compile(r"(?P<unit>[^\d()\s]{1,4})\s*\((?P<rest>[^()]*)\)")
_TRAILING = re.compile(r"(?P<rest>.*\S)\s*-", re.ASCII)
_CODES = (
    "EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|JPY|CZK|HUF|RON|BGN|TRY|RUB|UAH|CNY|INR|BRL|MXN|ARS|CLP|COP"
    "|CAD|AUD|NZD|ZAR|SGD|HKD|KRW|ILS|AED|SAR|THB|ISK"
)
_CURRENCY = re.compile(rf"[A-Za-z]{{0,3}} ?[$€£¥₹₽]|{_CODES}|[Kk]r\.?|zł")


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number as it stands there: its sign and digits, and its unit."""

    digits: str
    unit: str = ""

    @property
    def could_be_two(self) -> bool:
        """Whether the sign in it may stand before decimals or between thousands."""
        return could_be_two(self.digits)

    def value(self, decimal: str | None) -> float:
        """Give the number; ParseError where it is none, is too large or could be two."""
        digits = self.digits
        if "e" in digits.lower():
            return ExactNumber(digits.replace(",", ".")).value(decimal)
        if self.could_be_two and decimal is None:
            whole, broken = two_numbers(digits)
            raise ParseError(
                f"{shown(digits)} could be two numbers", f"say whether it is {whole} or {broken}"
            )
        if self.could_be_two and decimal is not None:
            digits = with_point(digits, decimal)
        try:
            return typed_number(digits)
        except CommandRejected as refused:
            if refused.code is Code.TOO_LARGE:
                raise ParseError(
                    f"{shown(digits)} is too large to keep", "check its unit"
                ) from None
            raise ParseError(f"“{shown(self.digits)}” is not a number", "correct it") from None


def plain(text: str) -> str:
    """Give a text with ASCII digits and signs, without invisible ones, its spaces single."""
    if not text.isascii():
        seen = (sign for sign in text.translate(_SIGNS) if unicodedata.category(sign) != "Cf")
        text = "".join(map(_ascii_digit, seen))
    return " ".join(text.split())


def written_number(cell: Cell) -> WrittenNumber | None:
    """Read a cell's number, None where it holds none."""
    if cell.kind in (CellKind.NUMBER, CellKind.PERCENT):
        unit = "%" if cell.kind == CellKind.PERCENT else cell.unit
        return ExactNumber(cell.text, unit)
    return number_in(cell.text) if cell.kind == CellKind.TEXT else None


@dataclass(frozen=True, slots=True)
class ExactNumber(WrittenNumber):
    """A number that the file holds as one, spelled with a point."""

    @property
    def could_be_two(self) -> bool:
        """Never: the point stands before decimals."""
        return False

    def value(self, decimal: str | None) -> float:
        """Give the number; ParseError where it is too large."""
        try:
            return checked_number(float(self.digits))
        except ValueError:
            raise ParseError(f"“{shown(self.digits)}” is not a number", "correct it") from None
        except CommandRejected:
            raise ParseError(
                f"{shown(self.digits)} is too large to keep", "check its unit"
            ) from None


@lru_cache(maxsize=50_000)
def number_in(text: str) -> WrittenNumber | None:
    """Read the number that a text is, with its unit; None where it is anything else."""
    bare = plain(text)
    if not any(sign.isdigit() for sign in bare):
        return None
    if outside := _UNIT_FIRST.fullmatch(bare):
        bare = f"({outside['unit']} {outside['rest']})"
    found = _NUMBER.fullmatch(bare)
    negative = False
    if found is None and (trailing := _TRAILING.fullmatch(bare)):
        found, negative = _NUMBER.fullmatch(trailing["rest"]), True
    return _written(found, negative) if found else None


def _written(found: re.Match[str], negative: bool) -> WrittenNumber | None:
    part = found.groupdict(default="")
    before, after = part["before"].strip(), part["after"].strip() or part["outer"].strip()
    minuses = [part["sign"] == "-", part["inner"] == "-", part["trailing"] == "-", negative]
    minuses.append(bool(part["open"]))
    if bool(part["open"]) != bool(part["close"]) or sum(minuses) > 1 or (before and after):
        return None
    if (part["after"] and part["outer"]) or (before and not _CURRENCY.fullmatch(before)):
        return None
    digits = re.sub("[ ']", "", part["digits"])
    kind = ExactNumber if _ARABIC_DECIMAL in digits else WrittenNumber
    digits = digits.replace(_ARABIC_DECIMAL, ".")
    return kind(("-" if any(minuses) else "") + digits, before or after)


def _ascii_digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)

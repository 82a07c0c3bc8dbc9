"""Units: which texts are some, and the name of a KPI without the one that it ends in."""

import re
from functools import lru_cache

from data.exchange.spreadsheets.words import folded, words

_SCALE = (
    r"k|K|T|t|m|M|mn|Mn|Mio\.?|mio\.?|Mrd\.?|mld\.?|bn|B|tsd\.?|Tsd\.?|tys\.?|tis\.?|mln\.?|mil\.?|mi\.?"
    r"|miles(?: de)?|millones(?: de)?|milhões(?: de)?|milliers(?: d['’]| de)?|thousand|million"
    r"|['’]?000|千|万|百万|億"
)
_CURRENCY = (
    r"[A-Z]{0,2}[€$£¥₹₽₩]|EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|JPY|CZK|BRL|HUF"
    r"|Kč|Ft|kr\.?|zł|euros?|円|元"
)
_MONEY = re.compile(
    rf"(?:{_SCALE})? ?(?:{_CURRENCY})|(?:{_CURRENCY}) ?(?:{_SCALE})|[Tt]kr|[Mm]n?kr|[TMt]SEK"
)
_SIGN = re.compile("[€$£¥]")
_SHARE = {"%", "％", "‰", "in %", "percent", "prozent"}
_BRACKETS = re.compile(r"(?P<name>.*\S)\s*[(\[](?P<unit>[^()\[\]]{1,14})[)\]]")
_BEFORE = {"in", "en", "em", "i", "w"}
_BEHIND = re.compile(r"(?P<name>.*\w)(?P<unit>[%‰€$£])")
_SAME = {"eur": "€", "euro": "€", "usd": "$", "gbp": "£", "percent": "%", "prozent": "%"}


@lru_cache(maxsize=5_000)
def is_unit(text: str) -> bool:
    """Tell whether a text is a unit, not just any word."""
    bare = text.strip()
    if bare.lower() in _SHARE or _MONEY.fullmatch(bare):
        return True
    parts = bare.split("/")
    if len(parts) > 1 and all(parts):
        return is_unit(parts[0]) and (is_unit(parts[1]) or parts[1].isalpha())
    return folded(bare) in words().others["units"] and bool(bare)


@lru_cache(maxsize=5_000)
def name_and_unit(name: str) -> tuple[str, str]:
    """Part a name from the unit that it ends in: “Revenue (kEUR)”, “Scrap rate %”."""
    if (written := _BRACKETS.fullmatch(name)) and is_unit(written["unit"]):
        return written["name"], _bare(written["unit"])
    parts = name.split()
    for count in (3, 2, 1):
        *most, last = parts[:-count] or [""]
        unit, is_said = " ".join(parts[-count:]), last in _BEFORE or last.endswith(",")
        bare = " ".join(most if last in _BEFORE else [*most, last]).rstrip(" ,")
        if bare and (unit in ("%", "‰") or _MONEY.fullmatch(unit) or (is_said and is_unit(unit))):
            return bare, unit
    written = _BEHIND.fullmatch(name)
    return (written["name"], written["unit"]) if written else (name, "")


def same_unit(one: str, other: str) -> bool:
    """Tell whether two units are the same, as EUR and €, also where one does not say the money."""
    first, second = _plain(one), _plain(other)
    bare, other_bare = _SIGN.sub("", first), _SIGN.sub("", second)
    one_says_money = (bare == first) != (other_bare == second)
    return first == second or (one_says_money and bare == other_bare != "")


def _bare(unit: str) -> str:
    return re.sub(r"^in\s+", "", unit.strip())


def _plain(unit: str) -> str:
    said = unit.strip().casefold().rstrip(".")
    for word, sign in _SAME.items():
        said = said.replace(word, sign)
    return said.replace(" ", "")

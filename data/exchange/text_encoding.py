"""The text of a file, whichever letters the spreadsheet that wrote it used."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress

from data.core.problems import ParseError

LOOKED_AT = 4_096
_WESTERN = (
    "äöüß",
    "àâçèéêëîïôœùûü",
    "áéíñóúü",
    "àèéìòù",
    "àáâãçéêíóôõú",
    "åäöæøé",
    "áéëèïöüó",
    "áðéíóúýþæö",
)
"""Letters beside a to z of languages that are written in Windows-1252, a language each."""

_CENTRAL = (
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýž",
    "áäčďéíĺľňóôŕšťúýž",
    "áéíóöőúüű",
    "čćđšž",
    "ăâîşţ",
    "äöüß",
)
"""The same of those in Windows-1250."""

_SIGN_IN_WORD = re.compile("[A-Za-z][¹³¿][a-z]|[zZ]³|¿[a-z]+[¹³¿]")


def as_text(data: bytes) -> str:
    """Return the text of a file; ParseError where it is none, or has a NUL character."""
    text, _ = decoded(data)
    if text is None and b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise ParseError("has a NUL character", "save it as CSV UTF-8", line=line)
    if text is None:
        raise ParseError("has letters that nobody can tell", "save it as CSV UTF-8")
    return text


def decoded(data: bytes) -> tuple[str | None, list[str]]:
    """Read bytes as text, with what is to be said of it; None where it is none or has a NUL."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _without_nul(data, "utf-16", "UTF-16 letters")
    if b"\0" in data:
        order = _byte_order(data)
        return _without_nul(data, order, "UTF-16 letters") if order else (None, [])
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return (None, []) if data.startswith(BOM_UTF8) else _of_windows(data)


def _without_nul(data: bytes, encoding: str, said: str) -> tuple[str | None, list[str]]:
    with suppress(UnicodeDecodeError):
        text = data.decode(encoding)
        return (None, []) if "\0" in text else (text, [said])
    return None, []


def _byte_order(data: bytes) -> str:
    """Tell UTF-16 without a mark by where its zeros stand; empty where it is none."""
    start = data[:LOOKED_AT]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if len(data) % 2 or max(even, odd) * 4 < len(start):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _of_windows(data: bytes) -> tuple[str | None, list[str]]:
    western, central = _read(data, "cp1252"), _read(data, "cp1250")
    if western is not None and (_is_western(western) or not _is_written(central, _CENTRAL)):
        return western, ["Windows-1252 letters"]
    return (central, ["Windows-1250 letters"]) if central is not None else (None, [])


def _read(data: bytes, encoding: str) -> str | None:
    with suppress(UnicodeDecodeError):
        return data.decode(encoding)
    return None


def _is_western(text: str) -> bool:
    return not _SIGN_IN_WORD.search(text) and _is_written(text, _WESTERN)


def _is_written(text: str | None, languages: tuple[str, ...]) -> bool:
    """Tell whether one of the languages has all of a text's letters."""
    if text is None:
        return False
    letters = {sign for sign in text.lower() if sign.isalpha() and not sign.isascii()}
    return any(letters <= set(language) | set("ªº") for language in languages)

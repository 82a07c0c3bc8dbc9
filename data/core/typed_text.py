"""Values as somebody would type them: exact, and read back as they are."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal


def number(value: float | None) -> str:
    """Write a number so that it reads back equal, and never with an exponent."""
    return "" if value is None else format(Decimal(repr(value).removesuffix(".0")), "f")


def day(when: date) -> str:
    """Write a day."""
    return when.isoformat()


def names(values: Iterable[str]) -> str:
    """Write a list of names."""
    return "; ".join(map(listed_name, values))


def listed_name(name: str) -> str:
    """Write a name as it stands in a list; quotation marks hold one with a semicolon together."""
    if ";" in name or name.startswith('"'):
        return '"' + name.replace('"', '""') + '"'
    return name

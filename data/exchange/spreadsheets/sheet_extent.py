"""Which lines and columns of a sheet make up its grid: a cell far away does not make it large."""

from collections.abc import Container, Iterable

from data.core.limits import MOST_CELLS, MOST_COLUMNS
from data.core.problems import ParseError

LONGEST_GAP = 20


def without_gaps(used: Iterable[int], hidden: Container[int] = ()) -> tuple[int, ...]:
    """Give the places from the first to the last one that is used, but for the hidden ones.

    Of a run of more than 20 blank ones only one is left.
    """
    kept: list[int] = []
    places = sorted(used)
    before = places[0] - 1 if places else 0
    for place in places:
        gap = range(before + 1, place)
        blank = gap if len(gap) <= LONGEST_GAP else gap[:1]
        kept += [each for each in blank if each not in hidden]
        kept += [] if place in hidden else [place]
        before = place
    return tuple(kept)


def check_extent(rows: int, columns: int) -> None:
    """Raise ParseError where a grid would be too wide, or have too many cells, blank or not."""
    if rows * columns > MOST_CELLS or columns > MOST_COLUMNS:
        what = f"has {rows:,} rows and {columns:,} columns, more than can be read"
        raise ParseError(what, "copy the table that is meant into a sheet of its own")

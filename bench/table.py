"""Figures as people read them: a small aligned table."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Table:
    """A title, what was measured against what, and the rows."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """Add a row."""
        self.rows.append(tuple(map(str, cells)))

    def __str__(self) -> str:
        lines = [self.columns, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join([self.title, self.note, *(_aligned(line, widths) for line in lines), ""])


def _aligned(cells: tuple[str, ...], widths: list[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return "  ".join(["", first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])


def ms(milliseconds: float) -> str:
    """Write a time."""
    return f"{milliseconds:.1f} ms"


def ratio(time: float, other: float, aim: float | None = None) -> str:
    """Write how many times as long something takes, and what it should be at most."""
    return f"{time / other:.2f} ×" + ("" if aim is None else f" (aim {aim:g})")


def kilobytes(size: int, aim: float | None = None) -> str:
    """Write how many bytes travel, and how many should at most."""
    return f"{size / 1000:.1f} kB" + ("" if aim is None else f" (aim {aim:g})")

"""Reads the scripts and styles of the components, the shared ones in front."""

from pathlib import Path

_FRONTEND = Path(__file__).parents[1] / "frontend"


def script(*names: str) -> str:
    """Join `shared.js` and the named scripts into the text of one module."""
    return _joined("js", ("shared", *names))


def style(*names: str) -> str:
    """Join `shared.css` and the named styles into one text."""
    return _joined("css", ("shared", *names))


def _joined(suffix: str, names: tuple[str, ...]) -> str:
    files = [(_FRONTEND / f"{name}.{suffix}").read_text(encoding="utf-8") for name in names]
    lines = (line.strip() for text in files for line in text.splitlines())
    # The text travels with every change of a component's data; indents and remarks need not.
    return "\n".join(line for line in lines if line and not line.startswith("//"))

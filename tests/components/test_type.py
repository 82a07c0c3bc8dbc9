"""Three sizes and two weights, on every page and in every element."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from components.ui import preloads

HERE = Path(__file__).parents[2]
FACES = HERE / "components" / "frontend" / preloads.FACES
FAR = {HERE / "components" / "frontend" / name for name in ("meeting/stage.css", "wall/wall.css")}
"""What is read from the back of a room grows with the height of its screen."""

STYLES = sorted({*(HERE / "components" / "frontend").rglob("*.css")} - {FACES, *FAR})
SIZES = {"var(--small)", "1rem", "var(--large)", "inherit"}
# A number of a table is drawn smaller where it would be cut, and only then.
FITTED = "min(var(--size), var(--room) / 0.64 / var(--signs, 1))"
# All of a page grows with the screen that several people look at.
LARGE_SCREEN = "112.5%"
WEIGHTS = {"400", "600", "inherit", "normal"}


def declared(name: str, styles: Iterable[Path] = STYLES) -> set[str]:
    """Give all values that styles have for a property."""
    texts = (path.read_text(encoding="utf-8") for path in styles)
    return {value for text in texts for value in re.findall(rf"\b{name}: ([^;}}]+)[;}}]", text)}


def test_there_are_three_sizes() -> None:
    assert declared("font-size") - {FITTED, LARGE_SCREEN} == SIZES - {"inherit"}


def test_what_is_read_from_afar_is_never_smaller_than_elsewhere() -> None:
    grows = re.compile(r"max\((\d+(?:\.\d+)?)rem, \d+(?:\.\d+)?vh\)")
    sizes = declared("font-size", FAR) | declared("--base", FAR) | declared("--large", FAR)
    for size in sizes - {"var(--base)", "3.5rem"}:
        found = grows.fullmatch(size)
        assert found
        assert float(found[1]) >= 1


def test_there_are_two_weights() -> None:
    assert declared("font-weight", [*STYLES, *FAR]) <= WEIGHTS


def test_what_streamlit_draws_has_the_same_sizes_and_weights() -> None:
    theme = tomllib.loads((HERE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))[
        "theme"
    ]
    assert set(theme["headingFontSizes"]) == {"1rem", "1.6875rem"}
    assert set(theme["headingFontWeights"]) == {600}


def test_every_face_of_the_font_is_here() -> None:
    folder = FACES.parent
    named = set(re.findall(r'url\("(.*?)"\)', FACES.read_text(encoding="utf-8")))
    assert named == {path.name for path in folder.glob("*.woff2")}
    assert (folder / "inter.LICENSE").is_file()

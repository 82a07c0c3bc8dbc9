"""Three sizes and two weights, on every page and in every element."""

import re
import tomllib
from pathlib import Path

from components.ui import preloads

HERE = Path(__file__).parents[2]
FACES = HERE / "components" / "frontend" / preloads.FACES
STYLES = sorted({*(HERE / "components" / "frontend").rglob("*.css")} - {FACES})
SIZES = {"var(--small)", "1rem", "var(--large)", "inherit"}
# A number of a table is drawn smaller where it would be cut, and only then.
FITTED = "min(var(--size), var(--room) / 0.64 / var(--signs, 1))"
# All of a page grows with the screen that several people look at.
LARGE_SCREEN = "112.5%"
# The one value of a check-in is read from the back of the room.
AFAR = "var(--huge)"
WEIGHTS = {"400", "600", "inherit", "normal"}


def declared(name: str) -> set[str]:
    """Give all values that the styles have for a property."""
    texts = (path.read_text(encoding="utf-8") for path in STYLES)
    return {value for text in texts for value in re.findall(rf"\b{name}: ([^;}}]+)[;}}]", text)}


def test_there_are_three_sizes() -> None:
    assert declared("font-size") - {FITTED, LARGE_SCREEN, AFAR} == SIZES - {"inherit"}


def test_there_are_two_weights() -> None:
    assert declared("font-weight") <= WEIGHTS


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

"""On paper a page has the colours of the light theme, whatever is shown."""

import re
import tomllib
from pathlib import Path

HERE = Path(__file__).parents[3]
STYLE = HERE / "components" / "frontend" / "page" / "print.css"
ON_PAPER = {"--st-background-color": "#ffffff"}
"""What is lighter on paper than on a screen."""


def variable(option: str) -> str:
    """Name the variable of an option of the theme."""
    return "--st-" + re.sub("([A-Z])", lambda found: f"-{found[1].lower()}", option)


def test_paper_has_the_colours_of_the_light_theme() -> None:
    config = tomllib.loads((HERE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    theme = {variable(option): colour for option, colour in config["theme"]["light"].items()}
    style = STYLE.read_text(encoding="utf-8")
    printed = dict(re.findall(r"(--st-[a-z-]+): (#[0-9a-f]+) !important", style))
    heading = printed.pop("--st-heading-color")
    assert printed == theme | ON_PAPER
    assert heading == theme["--st-text-color"]

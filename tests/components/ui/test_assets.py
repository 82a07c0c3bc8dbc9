from pathlib import Path

import pytest

from components.ui import assets

SCRIPTS = sorted(Path("components/frontend").glob("*.js"))


def test_shared_text_comes_first() -> None:
    script = assets.script("toast")
    assert script.index("function element(") < script.index("export default function")


def test_styles_are_joined() -> None:
    assert ".toast" in assets.style("toast")
    assert ".heading" in assets.style("toast")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_peoples_words_never_become_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not any(word in text for word in ("innerHTML", "outerHTML", "insertAdjacentHTML"))

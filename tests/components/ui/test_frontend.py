"""The modules that browsers load: where they are, and for how long they may be kept."""

import gzip
import hashlib
import json
import re
from pathlib import Path, PurePosixPath

import pytest
from plotly.offline import get_plotlyjs_version
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message

from components.ui import frontend

PACKAGE = "plotly.js-basic-dist-min"
SHA256 = "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"
VENDORED = "vendor/plotly-basic.min.js"
MODULES = sorted(name for name in frontend.modules() if name.endswith(".js") and name != VENDORED)
ELEMENTS = sorted(
    name
    for path in Path("components").rglob("*.py")
    for name in re.findall(r'frontend\.element\("(\w+)"\)', path.read_text(encoding="utf-8"))
)
IMPORT = re.compile(r'^(?:import|export) .*from "(.*)";$', re.MULTILINE)
SHOWN = re.compile(r"^export default (function \(|mounted\(\w+\);$)", re.MULTILINE)
STYLES = re.compile(r"^export const styles = \[(.*)\];$", re.MULTILINE)


def text_of(module: str) -> str:
    return frontend.modules()[module].decode()


def ask(path: str, media_type: str = "text/plain", accepted: str = "") -> Response:
    """Ask for a path, behind which the app answers with its own words."""
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    async def nothing() -> Message:
        return {"type": "http.request"}

    app = PlainTextResponse("the app's", headers={"Cache-Control": "public"}, media_type=media_type)
    headers = [(b"accept-encoding", accepted.encode())]
    answering = frontend.Modules(app)(
        {"type": "http", "method": "GET", "path": path, "headers": headers}, nothing, keep
    )
    # No part of it waits for anything, so it needs no loop.
    with pytest.raises(StopIteration):
        answering.__await__().send(None)
    start, body = messages
    answered = {name.decode(): value.decode() for name, value in start["headers"]}
    return Response(body["body"], start["status"], answered)


def test_each_element_has_its_folder() -> None:
    assert len(ELEMENTS) == len(set(ELEMENTS)) >= 12
    for name in ELEMENTS:
        assert SHOWN.search(text_of(f"{name}/index.js"))


@pytest.mark.parametrize("module", MODULES)
def test_what_a_module_imports_is_there(module: str) -> None:
    folder = Path(module).parent
    for name in IMPORT.findall(text_of(module)):
        found = PurePosixPath("/").joinpath(folder, name)
        assert found.suffix == ".js"
        assert name.startswith(".")
        assert (frontend.FOLDER / folder / name).resolve().is_file(), name


@pytest.mark.parametrize("module", MODULES)
def test_the_styles_of_an_element_are_there(module: str) -> None:
    for styles in STYLES.findall(text_of(module)):
        names = re.findall(r'"(.*?)"', styles)
        assert names
        assert frontend.modules().keys() >= set(names)


@pytest.mark.parametrize("module", MODULES)
def test_peoples_words_never_become_markup(module: str) -> None:
    text = text_of(module)
    assert not any(word in text for word in ("innerHTML", "outerHTML", "insertAdjacentHTML"))


@pytest.mark.parametrize("base", ["", "/milepost", "/deep/er"])
def test_a_module_of_this_version_is_kept_for_ever(base: str) -> None:
    answer = ask(f"{base}{frontend.AT}/{frontend.version()}/gauges/index.js")
    assert answer.status_code == 200
    assert answer.body.decode() == text_of("gauges/index.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_module_travels_packed_to_who_can_unpack_it() -> None:
    address = f"{frontend.AT}/{frontend.version()}/{VENDORED}"
    plain, packed = ask(address), ask(address, accepted="gzip, deflate, br")
    assert gzip.decompress(packed.body) == plain.body == frontend.modules()[VENDORED]
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert {answer.headers["vary"] for answer in (plain, packed)} == {"Accept-Encoding"}
    assert len(packed.body) < 400_000


def test_a_style_is_known_for_one() -> None:
    answer = ask(f"{frontend.AT}/{frontend.version()}/gauges/gauges.css")
    assert answer.headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("name", ["mount.js", "0123456789ab/gauges/index.js", "gauges/index.js"])
def test_what_has_no_version_or_another_is_never_kept(name: str) -> None:
    answer = ask(f"{frontend.AT}/{name}")
    assert answer.body.decode() == "the app's"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["../server.py", "gauges/../../server.py", "gauges/", ""])
def test_nothing_else_is_served_as_a_module(name: str) -> None:
    assert ask(f"{frontend.AT}/{frontend.version()}/{name}").body == b"the app's"


def test_all_else_goes_its_way() -> None:
    answer = ask(f"/static/{frontend.version()}/gauges/index.js")
    assert (answer.body.decode(), answer.headers["cache-control"]) == ("the app's", "public")


def test_another_content_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {**frontend.modules(), "gauges/index.js": b"export default function () {}"}
    monkeypatch.setattr(frontend, "modules", lambda: changed)
    assert frontend.version.__wrapped__() != frontend.version()


def test_what_others_wrote_is_what_is_pinned() -> None:
    pinned = json.loads(Path("package.json").read_text(encoding="utf-8"))["devDependencies"][
        PACKAGE
    ]
    locked = json.loads(Path("package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked[f"node_modules/{PACKAGE}"]["version"] == pinned
    # What draws the figures is of the version that they are made for.
    assert get_plotlyjs_version() == pinned
    content = frontend.modules()[VENDORED]
    assert f"plotly.js (basic - minified) v{pinned}\n".encode() in content[:100]
    assert hashlib.sha256(content).hexdigest() == SHA256
    assert "MIT License" in (frontend.FOLDER / "vendor/plotly-basic.LICENSE").read_text()
    installed = Path("node_modules") / PACKAGE / Path(VENDORED).name
    assert not installed.exists() or installed.read_bytes() == content

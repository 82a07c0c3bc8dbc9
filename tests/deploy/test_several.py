"""Two servers on one PostgreSQL behind the proxy of the repository, on a root that is read-only."""

import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from data.identity.signing import signed
from pages.shared.who import PERSON_COOKIE
from tests.serving import ROOT, answers, free_port, status

SECRET = "a secret of all servers, long enough"
ALONE = str(ROOT / "tests" / "web" / "alone")


@dataclass
class Server:
    url: str
    process: subprocess.Popen[bytes]

    def sessions(self) -> float:
        told = status(f"{self.url}/metrics")[1].splitlines()
        return next(float(line.split()[1]) for line in told if line.startswith("milepost_sessions"))


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """Give a folder of what the image holds."""
    folder = tmp_path / "image"
    text = (ROOT / "deploy" / "Containerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for source in line.split():
            target = folder / source
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, target, dirs_exist_ok=True)
            else:
                shutil.copy(ROOT / source, target)
    return folder


@pytest.fixture
def servers(
    postgres_url: str,
    tmp_path: Path,
    image: Path,
    one_clock: object,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[list[Server]]:
    """Start two servers at once on an empty database; each may write to its own folder alone."""
    monkeypatch.setenv("MILEPOST_SECRET", SECRET)
    started = []
    for number in (1, 2):
        port, own = free_port(), tmp_path / f"own {number}"
        own.mkdir()
        environment = {
            **os.environ,
            "MILEPOST_DATABASE_URL": postgres_url,
            "MILEPOST_TRUSTED_NETWORK": "1",
            "TMPDIR": str(own),
            "HOME": str(own),
            "PYTHONPATH": ALONE,
            "PYTHONDONTWRITEBYTECODE": "1",
            "WRITES_TO": str(own),
            "REACHED_OUT": str(own / "reached out"),
        }
        with (tmp_path / f"log {number}").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "server.py", f"--server.port={port}"],
                cwd=image,
                env=environment,
                stdout=log,
                stderr=log,
            )
        started.append(Server(f"http://127.0.0.1:{port}", process))
    for server in started:
        answers(server.url)
        end = time.monotonic() + 60
        while status(f"{server.url}/readyz")[0] != 200 and time.monotonic() < end:
            time.sleep(0.1)
    yield started
    for server in started:
        server.process.kill()
        server.process.wait()


@pytest.fixture
def proxy(servers: list[Server], tmp_path: Path) -> Iterator[str]:
    nginx = shutil.which("nginx")
    if nginx is None:
        pytest.skip("this machine has no nginx")
    port, text = free_port(), (ROOT / "deploy" / "nginx.conf").read_text()
    for number, server in enumerate(servers, 1):
        text = text.replace(f"milepost-{number}:8501", urlsplit(server.url).netloc)
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}").replace("/tmp/", f"{tmp_path}/")
    file = tmp_path / "nginx.conf"
    file.write_text(text)
    subprocess.run([nginx, "-t", "-q", "-c", str(file)], check=True)
    process = subprocess.Popen([nginx, "-c", str(file), "-g", "daemon off;"])
    url = f"http://127.0.0.1:{port}"
    answers(url)
    yield url
    process.terminate()
    process.wait()


def ask(
    url: str, path: str, *, method: str = "GET", body: bytes = b"", **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body, headers=named)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def open_page(url: str, cookies: dict[str, str], token: str = "") -> ClientConnection:
    address = urlsplit(url)._replace(scheme="ws", path="/_stcore/stream").geturl()
    named = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    protocols = [Subprotocol("streamlit"), *([Subprotocol(token)] if token else [])]
    return connect(
        address, max_size=None, proxy=None, additional_headers=named, subprotocols=protocols
    )


def run(socket: ClientConnection) -> tuple[str, str]:
    """Run the cockpit; give the session and all that it sends."""
    request = BackMsg()
    request.rerun_script.page_name = ""
    socket.send(request.SerializeToString())
    session, told, message = "", "", ForwardMsg()
    while message.WhichOneof("type") != "script_finished":
        content = socket.recv(timeout=60)
        assert isinstance(content, bytes)
        message = ForwardMsg.FromString(content)
        session = message.new_session.initialize.session_id or session
        told += str(message)
    return session, told


def kept(answer: http.client.HTTPResponse) -> dict[str, str]:
    """Give the cookies that an answer has a browser keep."""
    told = answer.headers.get_all("Set-Cookie") or []
    return dict(each.split(";")[0].split("=", 1) for each in told)


def upload(url: str, session: str, cookies: dict[str, str]) -> int:
    words = (
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\na\r\n--b--\r\n'
    )
    answer = ask(
        url,
        f"/_stcore/upload_file/{session}/1",
        method="PUT",
        body=words,
        Content_Type="multipart/form-data; boundary=b",
        X_Xsrftoken=cookies.get("_streamlit_xsrf", ""),
        Cookie="; ".join(f"{name}={value}" for name, value in cookies.items()),
    )
    return answer.status


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """Give what closes the pages that were opened."""
    with ExitStack() as stack:
        yield stack


def test_two_servers_are_one_to_whoever_looks(
    servers: list[Server], proxy: str, opened: ExitStack, tmp_path: Path
) -> None:
    first = ask(proxy, "/")
    assert first.status == 200
    assert "milepost_server" in kept(first)
    assert ask(proxy, "/metrics").status == 404

    token = signed("Ines Halvorsen", purpose=PERSON_COOKIE, key_file=tmp_path / "none")
    browsers: list[tuple[ClientConnection, dict[str, str]]] = []
    # Which server a browser comes to is chance.
    while len(browsers) < 60 and not all(server.sessions() for server in servers):
        cookies = {**kept(ask(proxy, "/")), **kept(ask(proxy, "/_stcore/health"))}
        cookies[PERSON_COOKIE] = quote(token, safe="")
        socket = opened.enter_context(open_page(proxy, cookies, cookies["_streamlit_xsrf"]))
        browsers.append((socket, cookies))
    assert sum(server.sessions() for server in servers) == len(browsers) < 60
    for socket, cookies in (browsers[0], browsers[-1]):
        session, told = run(socket)
        assert "Ines Halvorsen" in told
        # What is uploaded comes to the server that has the page.
        assert upload(proxy, session, cookies) == 204
    assert [upload(server.url, session, cookies) for server in servers].count(204) == 1

    ended, others = servers
    before = others.sessions()
    ended.process.terminate()
    ended.process.wait(timeout=20)
    for _, cookies in browsers:
        socket = opened.enter_context(open_page(proxy, cookies, cookies["_streamlit_xsrf"]))
        assert "Ines Halvorsen" in run(socket)[1]
    assert others.sessions() == before + len(browsers)
    for number in (1, 2):
        assert (tmp_path / f"own {number}" / "reached out.log").read_text() == ""

"""A server from its start to its end: what it tells those who watch it; nothing is lost."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.serving import ROOT, answers, free_port, own_address, status

ANYWHERE = "--server.address=0.0.0.0"
TOKEN = "a long random text"
SECRET = "Ana said that waste is a secret"
SERVICE_RESTART = 1012


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("life")


@pytest.fixture(scope="module")
def server(folder: Path, one_clock: object) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "server.py", f"--server.port={port}"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, ANYWHERE],
            cwd=ROOT,
            env={
                **os.environ,
                "MILEPOST_DATABASE_URL": f"sqlite:///{folder / 'milepost.db'}",
                "MILEPOST_LOG": "json",
                "MILEPOST_TRUSTED_NETWORK": "1",
                "MILEPOST_METRICS_TOKEN": TOKEN,
                "MILEPOST_DRAIN_SECONDS": "1",
            },
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    answers(url)
    yield url, process
    process.kill()
    process.wait()


def ready(url: str, *, within: float = 30) -> tuple[int, str]:
    """Ask until a server is ready, or for long enough."""
    end = time.monotonic() + within
    while (answer := status(f"{url}/readyz"))[0] != 200 and time.monotonic() < end:
        time.sleep(0.05)
    return answer


def counts(url: str) -> dict[str, float]:
    lines = (line for line in status(f"{url}/metrics")[1].splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def request(page: str) -> bytes:
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = f"find={SECRET}"
    return message.SerializeToString()


def test_a_trusted_network_is_answered(server: tuple[str, subprocess.Popen[bytes]]) -> None:
    address = own_address()
    if not address:
        pytest.skip("this machine has no network")
    url = server[0].replace("127.0.0.1", address)
    assert status(url)[0] == 200
    assert status(url, Host="rebound.example")[0] == 403
    assert status(f"{url}/metrics")[0] == 403


def test_a_server_lives_and_ends_without_loss(
    server: tuple[str, subprocess.Popen[bytes]], folder: Path
) -> None:
    url, process = server
    assert status(f"{url}/healthz") == (200, "ok\n")
    assert ready(url)[0] == 200
    # Who asks through a proxy is not on this machine.
    by_proxy = {"X_Forwarded_For": "192.0.2.7"}
    assert status(f"{url}/metrics", **by_proxy)[0] == 403
    assert status(f"{url}/metrics", Authorization="Bearer no", **by_proxy)[0] == 403
    assert status(f"{url}/metrics", Authorization=f"Bearer {TOKEN}", **by_proxy)[0] == 200
    before = counts(url)

    stream = urlsplit(url)._replace(scheme="ws", path="/_stcore/stream").geturl()
    named = {"X-Request-ID": "from-the-proxy-17"}
    with connect(stream, max_size=None, proxy=None, additional_headers=named) as socket:
        socket.send(request("drift"))
        time.sleep(0.2)
        assert counts(url)["milepost_sessions"] == 1
        process.terminate()
        told, code = [], 0
        while not code:
            try:
                content = socket.recv(timeout=30)
                told.append(ForwardMsg.FromString(content).WhichOneof("type"))
                if "script_finished" in told:
                    with contextlib.suppress(OSError):
                        answer = status(f"{url}/readyz")
                        assert answer == (
                            503,
                            '{"ready":false,"reason":"this server is about to end"}',
                        )
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd else 0
                break
    # What ran was answered before the page was told to connect anew.
    assert "script_finished" in told
    assert code == SERVICE_RESTART
    began = time.monotonic()
    process.wait(timeout=20)
    assert time.monotonic() - began < 20
    assert before["milepost_statements_total"] > 0

    lines = [json.loads(line) for line in (folder / "log").read_text().splitlines()]
    # What is kept no longer is deleted from the start on, whoever comes.
    assert "data.operations.retention" in {line["logger"] for line in lines}
    runs = [line for line in lines if line["event"] == "run"]
    assert [run["page"] for run in runs] == ["Drift"]
    assert {run["request"] for run in runs} == {"from-the-proxy-17"}
    assert {"/readyz", "/metrics", "/_stcore/stream"} <= {line.get("place") for line in lines}
    assert SECRET not in (folder / "log").read_text()

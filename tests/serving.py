"""Running the whole server, as people run it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
NOW = f"{TODAY}T09:00:00+00:00"


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def own_address() -> str:
    """Give an address of this machine that others on the network would use; else nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as towards:
        try:
            towards.connect(("198.51.100.1", 9))
        except OSError:
            return ""
        address = str(towards.getsockname()[0])
    return "" if address.startswith("127.") else address


@contextlib.contextmanager
def serving(
    database_url: str,
    log: Path,
    *options: str,
    port: int | None = None,
    environment: Mapping[str, str] | None = None,
    below: str = "",
    script: str = "server.py",
    home: Path = ROOT,
) -> Iterator[str]:
    """Serve a database on a port of its own, perhaps below a path; give the address.

    The server goes by the clock of this process, which must be set: a test that changes in-process
    what it looks at would otherwise change it on another day than the one it looks at.
    """
    if "MILEPOST_NOW" not in os.environ:
        raise RuntimeError("set MILEPOST_NOW first: pages and tests go by one clock")
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"]
    command += [f"--server.baseUrlPath={below}"] if below else []
    surroundings = {
        **os.environ,
        "MILEPOST_DATABASE_URL": database_url,
        **(environment or {}),
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *options],
            cwd=home,
            env=surroundings,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}/{below}".rstrip("/")
        answers(url)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def answers(url: str, *, within: float = 60) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + within
    while True:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).read()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def status(url: str, **headers: str) -> tuple[int, str]:
    """Ask a server, past any proxy; give the status and the words of its answer."""
    address = urlsplit(url)
    connection = HTTPConnection(address.netloc, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", address.path or "/", headers=named)
    with contextlib.closing(connection), connection.getresponse() as answer:
        return answer.status, answer.read().decode()

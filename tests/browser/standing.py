"""A server that stands for many tests, each of which fills its company anew."""

import hashlib
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

import psutil
from playwright.sync_api import Page
from sqlalchemy import Engine

from data.core.database import open_database, writer
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from models import Base
from tests.browser.windows import KEYS, Windows
from tests.serving import free_port, serving


class Standing:
    """A served company; its server can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database_url = f"sqlite:///{folder / 'milepost.db'}"
        self.engine: Engine = open_database(self.database_url)
        self.port = free_port()
        self.server = ExitStack()
        self.start()

    def start(self) -> None:
        served = serving(self.database_url, self.folder / "log", port=self.port)
        self.url = self.server.enter_context(served)
        KEYS[self.url] = self.folder / "cookie.key"

    def stop(self) -> None:
        self.server.close()

    def kill(self) -> None:
        """End the server as a power cut does: it puts nothing in order."""
        port = f"--server.port={self.port}"
        (server,) = (each for each in psutil.Process().children() if port in each.cmdline())
        server.kill()
        self.stop()

    def close(self) -> None:
        self.stop()
        self.engine.dispose()

    def fill(self, tables: Tables) -> None:
        """Empty the company and fill it; its version goes on, as all who read it need.

        What was brought in once is copied the next time, which is quicker.
        """
        name = hashlib.sha256(repr(tables).encode()).hexdigest()[:16]
        filled = self.folder / f"filled-{name}.db"
        if filled.exists():
            self._copy(filled)
            return
        with writer(self.engine) as (connection, _):
            for table in reversed(Base.metadata.sorted_tables):
                if table.name != "company":
                    connection.execute(table.delete())
        import_tables(self.engine, tables)
        with closing(self._connect()) as connection:
            connection.execute("VACUUM INTO ?", [str(filled)])

    def _connect(self) -> sqlite3.Connection:
        path = self.folder / "milepost.db"
        return sqlite3.connect(path, timeout=30, isolation_level=None)

    def _copy(self, filled: Path) -> None:
        """Put what a file holds in the place of all that the company holds."""
        with closing(self._connect()) as connection:
            connection.execute("ATTACH ? AS filled", [str(filled)])
            connection.execute("BEGIN IMMEDIATE")
            for table in Base.metadata.sorted_tables:
                if table.name != "company":
                    connection.execute(f'DELETE FROM main."{table.name}"')
                    copied = f'INSERT INTO main."{table.name}" SELECT * FROM filled."{table.name}"'
                    connection.execute(copied)
            connection.execute("UPDATE company SET version = version + 1")
            connection.execute("COMMIT")


class Served:
    """A company on a standing server, and the windows of those who look at it."""

    def __init__(self, standing: Standing, windows: Windows, tables: Tables) -> None:
        self.engine, self.url, self.windows = standing.engine, standing.url, windows
        self.stop, self.start = standing.stop, standing.start
        standing.fill(tables)

    def look(self, path: str, part: str, name: str, **options: int) -> Page:
        """Open a page as somebody, and wait until a part of it is there."""
        page = self.windows.open(f"{self.url}/{path}", name=name, **options)  # type: ignore[arg-type]
        page.locator(part).first.wait_for(timeout=30_000)
        return page

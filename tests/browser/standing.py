"""A server that stands for many tests, each of which fills its company anew."""

from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Engine

from data.commands.importing import import_tables
from data.database import open_database, writer
from data.exchange.rows import Tables
from models import Base
from tests.serving import free_port, serving


class Standing:
    """A served company; its server can be stopped and started again."""

    def __init__(self, folder: Path, now: str) -> None:
        self.folder, self.now = folder, now
        self.database_url = f"sqlite:///{folder / 'milepost.db'}"
        self.engine: Engine = open_database(self.database_url)
        self.port = free_port()
        self.server = ExitStack()
        self.start()

    def start(self) -> None:
        served = serving(
            self.database_url,
            self.folder / "log",
            port=self.port,
            environment={"MILEPOST_NOW": self.now},
        )
        self.url = self.server.enter_context(served)

    def stop(self) -> None:
        self.server.close()

    def close(self) -> None:
        self.stop()
        self.engine.dispose()

    def fill(self, tables: Tables) -> None:
        """Empty the company and fill it; its version goes on, as all who read it need."""
        with writer(self.engine) as (connection, _):
            for table in reversed(Base.metadata.sorted_tables):
                if table.name != "company":
                    connection.execute(table.delete())
        import_tables(self.engine, tables)

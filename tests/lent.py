"""A database on PostgreSQL that is lent to one test after another, each time as new."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import count

from sqlalchemy import Connection, create_engine, insert, select, text

from models import Base, Company

SHAPE = """
    SELECT count(*), max(pg_class.oid), sum(relnatts), sum(relchecks), sum(relhastriggers::int),
        (SELECT version_num FROM alembic_version)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
"""
CLOSE_ALL = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
BEGIN_ANEW = """
    SELECT setval(format('%I', sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname = 'public'
"""


class Lent:
    """A database of empty tables; to empty it takes a hundredth of what it takes to make it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.owner = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        self.numbers = count()
        with self.owner.begin() as connection:
            self.shape = _shape(connection)
            self.company = dict(connection.execute(select(Company.__table__)).mappings().one())

    def lend(self) -> str:
        """Give an address of its own, as an address is opened once a process."""
        return f"{self.url}&application_name=lent_{next(self.numbers)}"

    def take_back(self) -> bool:
        """Leave all as it was when it was new; tell whether that is possible."""
        with self.owner.begin() as connection:
            connection.execute(text(CLOSE_ALL))
            if _shape(connection) != self.shape:
                return False
            empty(connection)
            connection.execute(Company.__table__.delete())
            connection.execute(insert(Company).values(self.company))
        return True

    def close(self) -> None:
        self.owner.dispose()


class Lender:
    """Lends a database to whoever comes, and another one once somebody altered its tables."""

    def __init__(self, make: Callable[[], AbstractContextManager[str]]) -> None:
        self.make = make
        self.made = ExitStack()
        self.free: Lent | None = None

    @contextmanager
    def lent(self) -> Iterator[str]:
        if self.free is None:
            self.free = Lent(self.made.enter_context(self.make()))
            self.made.callback(self.free.close)
        yield self.free.lend()
        if not self.free.take_back():
            self.close()

    def close(self) -> None:
        self.made.close()
        self.free = None


def _shape(connection: Connection) -> tuple[object, ...]:
    return tuple(connection.execute(text(SHAPE)).one())


def empty(connection: Connection) -> None:
    """Delete all rows but the company's, and count from one again: truncating takes longer."""
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    names = [name for name in Base.metadata.tables if name != "company"]
    connection.execute(text("; ".join(f'DELETE FROM "{name}"' for name in names)))
    connection.execute(text(BEGIN_ANEW))

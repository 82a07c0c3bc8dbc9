"""Writing before it is one's turn: others save meanwhile, see nothing of it and do not wait.

Only PostgreSQL lets several write at once. What is written has a version of the data that lies
ahead: in the turn, which is then short, the data's version is raised to it.
"""

import contextlib
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Engine, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from data.core.database import finish, turn, version_seen
from data.core.failures import met_another, reached
from data.core.postgresql import take_time
from data.core.team_versions import ANYTHING_ELSE
from models import Company, TeamVersion

AHEAD = 1_000_000
"""So many commits at most go on meanwhile."""

ONE_AT_ONCE = 8_650_017
"""The advisory lock of whoever writes ahead."""

StillHolds = Callable[[Connection, int, int], bool]
"""Tells whether nobody but this version said anything since another that what is written hangs on.

Whether anything but facts changed is looked at before.
"""

_version = col(Company.version)
_raised, _team = col(TeamVersion.version), col(TeamVersion.team_id)


class Overtaken(Exception):
    """What was written ahead does not hold: others changed meanwhile what it hangs on."""


@contextlib.contextmanager
def writer_ahead(connection: Connection) -> Iterator[tuple[Connection, int]]:
    """Write all of it or nothing, and take the turn at last; gives the version that lies ahead.

    Raises `Overtaken` where another does so already, `Unreachable` where the database fails.
    """
    with reached(), _overtaken():
        connection = connection.execution_options(writes=True, last=[])
        with connection.begin() as transaction:
            take_time(connection)
            alone = select(func.pg_try_advisory_xact_lock(ONE_AT_ONCE))
            if not connection.execute(alone).scalar():
                raise Overtaken
            yield connection, version_seen(connection) + AHEAD
            finish(connection, transaction)


@contextlib.contextmanager
def _overtaken() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if met_another(error):
            raise Overtaken from error
        raise


def take_turn(connection: Connection, version: int, still_holds: StillHolds) -> None:
    """Wait for the turn to write; raise `Overtaken` where what was written does not hold."""
    before = version - AHEAD
    stood = connection.execute(select(_version).with_for_update()).scalar_one()
    if stood >= version:
        raise Overtaken
    connection.execute(update(Company).values(version=version))
    if stood == before:
        return
    else_ = func.max(_raised).filter(_team == ANYTHING_ELSE)
    newest, changed = connection.execute(select(func.max(_raised), else_)).one()
    # What was written past all commands may be anything.
    if newest != stood or (changed or 0) > before or not still_holds(connection, before, version):
        raise Overtaken


@contextlib.contextmanager
def turn_for_a_moment(engine: Engine) -> Iterator[Connection]:
    """Keep all others from writing, and change nothing that they see."""
    with reached(), turn(engine, True), engine.connect() as connection, connection.begin():
        take_time(connection)
        connection.execute(select(_version).with_for_update())
        yield connection

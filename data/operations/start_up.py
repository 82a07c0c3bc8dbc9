"""Starting up: a database is opened, and what an older one lacks is computed before it is used."""

import threading

from sqlalchemy import Engine

from data.core.database import open_database, usable
from data.kpis.signals import complete
from data.operations.terminal import tell_signals

_started: set[Engine] = set()
_starting = threading.Lock()


def start_up(url: str) -> Engine:
    """Open a database and complete its signals; once a process and URL.

    Raises what `open_database` raises.
    """
    engine = open_database(url)
    with _starting:
        if engine not in _started:
            with usable(engine):
                complete(engine, progress=tell_signals)
            _started.add(engine)
    return engine

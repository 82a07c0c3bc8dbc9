"""The life of a server: what begins with it, and what it does before it ends."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from data.core.database import open_database
from data.core.settings import settings
from data.operations import readiness, retention
from web import draining


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Bring the database up to date beside all else, and listen for the end."""
    ended = threading.Event()
    threading.Thread(target=_keep_house, args=(ended,), name="start-up", daemon=True).start()
    draining.listen()
    yield
    ended.set()


def _keep_house(ended: threading.Event) -> None:
    """Bring the database up to date; from then on delete each day what is not kept."""
    readiness.begin()
    retention.delete_daily(open_database(settings().database_url), ended)

"""The life of a server: what begins with it, and what it does before it ends."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from data.operations import readiness
from web import draining


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Bring the database up to date beside all else, and listen for the end."""
    threading.Thread(target=readiness.begin, name="start-up", daemon=True).start()
    draining.listen()
    yield

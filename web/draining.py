"""Ending without loss: what runs is answered, and open pages are told to connect anew."""

import asyncio
import logging
import signal
import time
from types import FrameType

from data.core.settings import settings
from web.pages_open import running

LONGEST = 20
"""Seconds until a server that is to end has ended, whatever still runs."""
CLOSING = 4
"""Seconds of those in which connections are closed."""
LOOK_EVERY = 0.05

_begun = False
_tasks: set[asyncio.Task[None]] = set()


def has_begun() -> bool:
    """Tell whether this server is about to end."""
    return _begun


def listen() -> None:
    """Drain where the server is asked to end (SIGTERM), and only then let it close.

    A page whose socket is closed connects anew, to another server behind the same proxy, and keeps
    what was typed and not answered.
    """
    ends = signal.getsignal(signal.SIGTERM)
    server = getattr(ends, "__self__", None)
    if not callable(ends) or server is None:
        return
    server.config.timeout_graceful_shutdown = CLOSING
    loop = asyncio.get_running_loop()

    async def end(number: int, frame: FrameType | None) -> None:
        await drained()
        ends(number, frame)

    def begin(number: int, frame: FrameType | None) -> None:
        global _begun
        if not _begun:
            _begun = True
            loop.call_soon_threadsafe(lambda: _tasks.add(loop.create_task(end(number, frame))))

    signal.signal(signal.SIGTERM, begin)


async def drained() -> None:
    """Wait as long as others need to hear of the end, and until nothing runs any more."""
    grace = min(settings().drain_seconds, LONGEST - CLOSING)
    logging.getLogger(__name__).info("ending: %d pages run", running())
    began = time.monotonic()
    while (past := time.monotonic() - began) < LONGEST - CLOSING:
        if past >= grace and not running():
            return
        await asyncio.sleep(LOOK_EVERY)
    logging.getLogger(__name__).warning("ending while %d pages run", running())

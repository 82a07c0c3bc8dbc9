"""A proxy before several servers: each browser stays with one as long as that is there.

It may be slow, as a network far away is.
"""

import asyncio
import contextlib
import re
import threading
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

MOST_HEAD = 64_000
COOKIE = re.compile(rb"^cookie:(.*)$", re.IGNORECASE | re.MULTILINE)


class Proxy:
    """Passes on what browsers and servers say, `delay` seconds late each way."""

    def __init__(self, servers: Sequence[tuple[str, int]]) -> None:
        self.servers = servers
        self.delay = 0.0
        self.address = ""
        self.connected: Counter[int] = Counter()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer a browser that connects."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = await reader.readuntil(b"\r\n\r\n")
            upstream = await self._server_for(head)
            if upstream is not None:
                port, from_server, to_server = upstream
                self.connected[port] += 1
                to_server.write(head)
                ways = self._pass_on(reader, to_server), self._pass_on(from_server, writer)
                await asyncio.gather(*ways)
                self.connected[port] -= 1
        writer.close()

    async def _server_for(
        self, head: bytes
    ) -> tuple[int, asyncio.StreamReader, asyncio.StreamWriter] | None:
        """Connect to the server of a browser, which is told by its cookies, else to another.

        Gives its port as well.
        """
        found = COOKIE.search(head)
        first = zlib.crc32(found[1] if found else b"") % len(self.servers)
        for server in (*self.servers[first:], *self.servers[:first]):
            with contextlib.suppress(OSError):
                return server[1], *await asyncio.open_connection(*server)
        return None

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(MOST_HEAD):
                if self.delay:
                    await asyncio.sleep(self.delay)
                writer.write(chunk)
                await writer.drain()
        writer.close()


@contextlib.contextmanager
def proxied(servers: Sequence[tuple[str, int]]) -> Iterator[Proxy]:
    """Run a proxy on a port of its own, on a thread of its own."""
    proxy, loop = Proxy(servers), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    # Another loop may run on this thread: a driven browser's.
    started = asyncio.start_server(proxy.accept, "127.0.0.1", 0)
    listening = asyncio.run_coroutine_threadsafe(started, loop).result()
    proxy.address = "{}:{}".format(*listening.sockets[0].getsockname()[:2])
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        listening.close()

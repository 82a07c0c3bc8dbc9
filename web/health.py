"""What those ask who watch a server: is it there, can it do its work, what does it count."""

import hmac

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from data.core.database import Unusable, open_database
from data.core.errors import Unreachable
from data.core.migrate import TooNew
from data.core.settings import settings
from data.operations import metrics, readiness
from web import draining, pages_open
from web.door import is_from_here

ENDING = "this server is about to end"
FOR_WHOM = "Ask on the machine itself, or with MILEPOST_METRICS_TOKEN as bearer token.\n"
UNAVAILABLE = 503


async def healthz(_request: Request) -> Response:
    """Say that the server is there."""
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})


async def readyz(_request: Request) -> Response:
    """Say whether the server can do its work now, and why not.

    Why is told on the machine itself; elsewhere it would tell of the database to anybody.
    """
    reason = ENDING if draining.has_begun() else await to_thread.run_sync(readiness.not_ready)
    told = reason if not reason or is_from_here(_request.scope) else "not ready"
    status = UNAVAILABLE if reason else 200
    return JSONResponse({"ready": not reason, "reason": told}, status)


async def counted(request: Request) -> Response:
    """Give what the server counts, to the machine itself and to whoever has the token."""
    if not (is_from_here(request.scope) or _has_token(request)):
        return PlainTextResponse(FOR_WHOM, status_code=403)
    await to_thread.run_sync(_look)
    metrics.SESSIONS.set(pages_open.open_pages())
    metrics.RUNNING.set(pages_open.running())
    return Response(metrics.written(), media_type="text/plain; version=1.0.0; charset=utf-8")


def _has_token(request: Request) -> bool:
    token = settings().metrics_token
    sent = request.headers.get("authorization", "")
    return bool(token) and hmac.compare_digest(sent.encode(), f"Bearer {token}".encode())


def _look() -> None:
    """Look into the database; where it does not answer, its ages stay as they were."""
    try:
        metrics.look(open_database(settings().database_url))
        metrics.REACHED.set(1)
    except (Unusable, TooNew, Unreachable):
        metrics.REACHED.set(0)


ROUTES = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", counted)]

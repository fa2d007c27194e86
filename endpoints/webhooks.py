"""Where Intuit tells that something has changed in a company: taken down, and answered at once."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from db.database import Database
from db.errors import Unavailable
from quickbooks import webhooks
from quickbooks.options import WEBHOOK_PATH, Options
from services import quickbooks_pulls

_log = logging.getLogger(__name__)

BYTES_MAX = 1 << 20
SECONDS_MAX = 10


class _TooLarge(Exception):
    pass


def routes(database: Database, options: Options, clock: Callable[[], datetime]) -> list[Route]:
    """Intuit sends again whatever is not answered by a success."""

    async def hear(request: Request) -> Response:
        try:
            async with asyncio.timeout(SECONDS_MAX):
                body = await _body(request)
        except _TooLarge:
            return PlainTextResponse("At most 1 MiB", 413)
        except (TimeoutError, ClientDisconnect):
            return PlainTextResponse("The body did not arrive", 408)
        signature = request.headers.get("intuit-signature")
        if not webhooks.is_signed(body, signature, options.webhook_verifier):
            return PlainTextResponse("This was not signed by Intuit for this app", 403)
        if realms := webhooks.realms(body):
            try:
                async with database.transaction() as session:
                    await quickbooks_pulls.hear(session, realms, clock())
            except Unavailable as error:
                _log.warning("a webhook could not be taken down: %s", error)
                return PlainTextResponse("Try again later", 503)
        return Response()

    return [Route(WEBHOOK_PATH, hear, methods=["POST"])]


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > BYTES_MAX:
            raise _TooLarge
    return bytes(body)

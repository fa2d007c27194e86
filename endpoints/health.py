"""Whether the process lives (`/healthz`), and whether it can do its work (`/readyz`)."""

import asyncio
import logging
from collections.abc import Awaitable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from db import migrate
from db.database import Database

_log = logging.getLogger(__name__)

# Whoever asks has not much longer.
_SECONDS = 1.0


def routes(database: Database) -> list[Route]:
    """Both say what they found as JSON; 503 with what is missing where there is something."""

    async def ready(_request: Request) -> JSONResponse:
        asked = {"database": migrate.revision(database)}
        if database.has_replica:
            asked["replica"] = migrate.replica_revision(database)
        found = await asyncio.gather(*map(_state, asked.values()))
        missing = {name: state for name, state in zip(asked, found, strict=True) if state}
        if missing:
            body = {"status": "not ready", "missing": missing}
            return JSONResponse(body, HTTPStatus.SERVICE_UNAVAILABLE)
        return JSONResponse({"status": "ready"})

    return [Route("/healthz", _alive), Route("/readyz", ready)]


async def _alive(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "alive"})


async def _state(revision: Awaitable[str | None]) -> str | None:
    """What is the matter with a database, None where nothing is."""
    try:
        async with asyncio.timeout(_SECONDS):
            found = await revision
    except TimeoutError:
        return f"did not answer within {_SECONDS:g} second"
    except ConnectionError:
        return "cannot be reached"
    except Exception:  # noqa: BLE001 - whatever it is, there is no working with it
        _log.exception("a database cannot be used")
        return "cannot be used: the log says why"
    return None if found == migrate.head() else "is not up to date: run remit migrate"

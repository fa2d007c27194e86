"""Who sends a request: whoever has the key that it carries, or the demo organization's admin."""

from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime
from typing import Any, Protocol

from starlette.types import Scope

from db.database import Database
from db.tables import Organization
from domain.access import Role
from engine.errors import Refused
from engine.requests import Headers
from engine.statuses import Outcome
from services.attempts import Attempts
from services.keyring import Keyring
from services.viewer import Viewer

_SCHEME = "bearer "


class Access(Protocol):
    """Tells who asks."""

    def viewer(
        self, scope: Scope, headers: Headers, now: datetime
    ) -> Viewer | Coroutine[Any, Any, Viewer]:
        """Who asks, at once where that is known. Raises Refused, then or later."""
        ...

    def kept(self) -> AbstractAsyncContextManager[None]:
        """Holds what has to be done beside the requests."""
        ...


class Demo:
    """Everyone who reaches the server is the admin of one organization."""

    def __init__(self, organization: Organization) -> None:
        self._viewer = Viewer(name="Demo admin", role=Role.ADMIN, organization=organization)

    def viewer(self, scope: Scope, headers: Headers, now: datetime) -> Viewer:
        return self._viewer

    def kept(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()


class ByKey:
    """Whoever has a key is who it was made for."""

    def __init__(
        self,
        database: Database,
        *,
        keyring: Keyring | None = None,
        attempts: Attempts | None = None,
    ) -> None:
        self._keyring = keyring or Keyring(database)
        self._attempts = attempts or Attempts()

    def viewer(
        self, scope: Scope, headers: Headers, now: datetime
    ) -> Viewer | Coroutine[Any, Any, Viewer]:
        given = headers.get(b"authorization")
        if given is None:
            raise _refused("Send a key: Authorization: Bearer <key>")
        text = given[len(_SCHEME) :].strip() if given[: len(_SCHEME)].lower() == _SCHEME else ""
        return self._keyring.known(text, now) or self._find(text, scope, now)

    def kept(self) -> AbstractAsyncContextManager[None]:
        return self._keyring.kept()

    async def _find(self, text: str, scope: Scope, now: datetime) -> Viewer:
        viewer = await self._keyring.find(text, now)
        if viewer is not None:
            return viewer
        client = scope.get("client")
        seconds = self._attempts.fail(client[0] if client else "")
        if not seconds:
            raise _refused("The key is not valid", b', error="invalid_token"')
        raise Refused(
            Outcome.TOO_MANY,
            f"Too many keys that are not valid: try again in {seconds} seconds",
            code="RATE_LIMITED",
            headers=[(b"retry-after", b"%d" % seconds)],
        )


def _refused(message: str, more: bytes = b"") -> Refused:
    challenge = (b"www-authenticate", b'Bearer realm="remit"' + more)
    return Refused(Outcome.UNAUTHENTICATED, message, code="UNAUTHENTICATED", headers=[challenge])

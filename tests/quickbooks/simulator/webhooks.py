"""Webhooks: every change is told to the app's address, signed, again and again until it answers."""

import asyncio
import base64
import hashlib
import hmac
import ssl
import uuid
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx2

from .clock import Clock
from .json_text import Json, written
from .mishaps import Mishap
from .switches import Switches

RETRIES = (10, 20, 30, 5 * 60, 20 * 60, 2 * 3600, 4 * 3600, 6 * 3600)
ANSWER_SECONDS = 3
TENSES = {
    "Create": "created",
    "Update": "updated",
    "Delete": "deleted",
    "Void": "voided",
    "Merge": "merged",
    "Emailed": "emailed",
}


@dataclass(frozen=True)
class Event:
    realm: str
    kind: str
    row_id: str
    operation: str
    at: datetime
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass
class Attempt:
    """One POST, as tests look at it; no status where there was no answer."""

    body: str
    events: list[Event]
    status: int | None = None


class Webhooks:
    """One sender: while it tries again, later events wait.

    `scale` shortens the pauses between attempts; `hurry` ends the one that is on.
    Mishaps aim at `webhook.payment.update` and the like, with the kinds lost, doubled, swapped and
    bad_signature.
    """

    def __init__(
        self,
        clock: Clock,
        switches: Switches,
        verifier_token: str,
        next_mishap: Callable[[str], Mishap | None],
    ) -> None:
        self.url: str | None = None
        self.scale = 1.0
        self.attempts: list[Attempt] = []
        self.verifier_token = verifier_token
        self._clock = clock
        self._switches = switches
        self._next_mishap = next_mishap
        self._next: list[Event] = []
        self._after: deque[list[Event]] = deque()
        self._swapped: list[Event] = []
        self._forged: set[str] = set()
        self._wanted = asyncio.Event()
        self._hurried = asyncio.Event()
        self._settled = asyncio.Event()
        self._settled.set()

    def tell(self, realm: str, kind: str, row_id: str, operation: str) -> None:
        """Nobody is told while there is no address."""
        if self.url is None:
            return
        event = Event(realm, kind, row_id, operation, self._clock())
        mishap = self._next_mishap(f"webhook.{kind}.{operation}".lower())
        match mishap.kind if mishap else "":
            case "lost":
                return
            case "swapped":
                self._swapped.append(event)
                return
            case "doubled":
                self._after.append([event])
            case "bad_signature":
                self._forged.add(event.id)
            case _:
                pass
        self._next.append(event)
        if self._swapped:
            self._after.append(self._swapped)
            self._swapped = []
        self._settled.clear()
        self._wanted.set()

    def signature(self, body: bytes) -> str:
        digest = hmac.new(self.verifier_token.encode(), body, hashlib.sha256).digest()
        return base64.b64encode(digest).decode()

    def hurry(self) -> None:
        """The pause that is on, or the next one, ends at once."""
        self._hurried.set()

    async def settled(self) -> None:
        """Until everything that was to be told has been taken."""
        await self._settled.wait()

    @asynccontextmanager
    async def sending(self) -> AsyncGenerator[None]:
        # The app is on this machine: making ready for TLS would only take time.
        plain = httpx2.AsyncHTTPTransport(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        async with httpx2.AsyncClient(timeout=ANSWER_SECONDS, transport=plain) as client:
            task = asyncio.create_task(self._send_all(client))
            try:
                yield
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _send_all(self, client: httpx2.AsyncClient) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            while self._next or self._after:
                if self._next:
                    events, self._next = self._next, []
                else:
                    events = self._after.popleft()
                await self._deliver(client, events)
            self._settled.set()

    async def _deliver(self, client: httpx2.AsyncClient, events: list[Event]) -> None:
        body = self.text(events)
        tried = 0
        # Without an address any more, there is nobody left to tell.
        while self.url is not None and not await self._is_taken(client, self.url, body, events):
            pause = RETRIES[min(tried, len(RETRIES) - 1)]
            tried += 1
            with suppress(TimeoutError):
                async with asyncio.timeout(pause * self.scale):
                    await self._hurried.wait()
            self._hurried.clear()

    async def _is_taken(
        self, client: httpx2.AsyncClient, url: str, body: str, events: list[Event]
    ) -> bool:
        attempt = Attempt(body, events)
        self.attempts.append(attempt)
        forged = any(event.id in self._forged for event in events)
        form = self._switches.webhook_form
        headers = {
            "content-type": "application/json"
            if form == "classic"
            else "application/cloudevents+json",
            "intuit-signature": self.signature(b"forged" if forged else body.encode()),
        }
        try:
            response = await client.post(url, content=body.encode(), headers=headers)
        except (httpx2.HTTPError, httpx2.InvalidURL):
            return False
        attempt.status = response.status_code
        # What is refused for its signature was not ours to begin with: nobody sends it again.
        return response.is_success or forged

    def text(self, events: list[Event]) -> str:
        """The body of one POST, in the form that the switch says."""
        if self._switches.webhook_form == "cloud_events":
            return written([_cloud_event(event) for event in events])
        realms = dict.fromkeys(event.realm for event in events)
        told: list[Json] = [
            {
                "realmId": realm,
                "dataChangeEvent": {
                    "entities": [_classic(event) for event in events if event.realm == realm]
                },
            }
            for realm in realms
        ]
        return written({"eventNotifications": told})


def _cloud_event(event: Event) -> Json:
    at = event.at.astimezone(UTC)
    return {
        "specversion": "1.0",
        "id": event.id,
        "source": "intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=",
        "type": f"qbo.{event.kind.lower()}.{TENSES[event.operation]}.v1",
        "datacontenttype": "application/json",
        # Nanoseconds, which many parsers choke on.
        "time": f"{at:%Y-%m-%dT%H:%M:%S.%f}789Z",
        "intuitentityid": event.row_id,
        "intuitaccountid": event.realm,
        "data": {},
    }


def _classic(event: Event) -> Json:
    at = event.at.astimezone(UTC)
    return {
        "name": event.kind,
        "id": event.row_id,
        "operation": event.operation,
        "lastUpdated": f"{at:%Y-%m-%dT%H:%M:%S}.000Z",
    }

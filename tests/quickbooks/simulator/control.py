"""What tests do in Python, over HTTP as well, for a simulator in a process of its own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from . import switches
from .clock import MovableClock
from .exchange import json_answer
from .faults import Refusal
from .json_text import Json, read, table
from .mishaps import Mishap
from .simulator import Simulator


class Control:
    """POST /control/{action} with the arguments by name as a JSON object."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._actions: dict[str, Callable[..., Any]] = {
            "authorize": simulator.authorize,
            "company": self._company,
            "count": simulator.count,
            "disconnect": simulator.disconnect,
            "expire_access_tokens": simulator.grants.expire_access,
            "forget_requests": simulator.asked.clear,
            "mishap": self._mishap,
            "clear_mishaps": simulator.mishaps.clear,
            "move_clock": self._move_clock,
            "preferences": self._preferences,
            "requests": self._requests,
            "state": self._state,
            "webhooks": self._webhooks,
            "hurry_webhooks": simulator.webhooks.hurry,
            "signature": self._signature,
            "tell": simulator.webhooks.tell,
            "switches": partial(switches.turn, simulator.switches),
        }

    def routes(self) -> list[Route]:
        return [
            Route("/control/person/{action}", self.person, methods=["POST"]),
            Route("/control/{action}", self.act, methods=["GET", "POST"]),
        ]

    async def act(self, request: Request) -> Response:
        action = self._actions.get(request.path_params["action"])
        return await _called(action, request)

    async def person(self, request: Request) -> Response:
        """A person's action; `realm` chooses another company than the first."""
        name = request.path_params["action"]
        realm = request.query_params.get("realm", self._simulator.company.realm)
        person = self._simulator.person_in(realm)
        return await _called(None if name.startswith("_") else getattr(person, name, None), request)

    def _mishap(self, **sent: Any) -> None:
        self._simulator.go_wrong(Mishap(**sent))

    def _company(self, realm: str, name: str, **chosen: Any) -> str:
        books = self._simulator.add_company(realm, name)
        switches.turn(books.preferences, **chosen)
        return books.realm

    def _preferences(self, realm: str | None = None, **chosen: Any) -> None:
        books = self._simulator.companies[realm] if realm else self._simulator.company
        switches.turn(books.preferences, **chosen)

    def _move_clock(self, seconds: int = 0, to: str | None = None) -> str:
        clock = self._simulator.clock
        if not isinstance(clock, MovableClock):
            raise TypeError("this clock cannot be moved")
        if to is not None:
            clock.move_to(datetime.fromisoformat(to))
        clock.advance(timedelta(seconds=seconds))
        return clock().isoformat()

    def _requests(self) -> list[Json]:
        return [asked.told() for asked in self._simulator.asked]

    def _signature(self, body: str) -> str:
        return self._simulator.webhooks.signature(body.encode())

    def _webhooks(self, url: str | None = None, scale: Decimal | int = 1) -> None:
        self._simulator.webhooks.url = url
        self._simulator.webhooks.scale = float(scale)

    def _state(self) -> Json:
        """Everything, deleted records as well."""
        return {
            "now": self._simulator.clock().isoformat(),
            "companies": {
                realm: {
                    kind: [row.shown() for row in rows.values()]
                    for kind, rows in books.rows.items()
                }
                for realm, books in self._simulator.companies.items()
            },
            "webhooks": [
                {"body": attempt.body, "status": attempt.status}
                for attempt in self._simulator.webhooks.attempts
            ],
            "grants": [
                {
                    "realm": grant.realm,
                    "refresh_token": grant.refresh_token,
                    "revoked": grant.revoked,
                }
                for grant in self._simulator.grants.grants
            ],
        }


async def _called(action: Callable[..., Any] | None, request: Request) -> Response:
    if action is None:
        return json_answer({"error": "there is no such action"}, 404)
    body = await request.body()
    try:
        return json_answer({"result": action(**table(read(body) if body else {}))})
    except Refusal as refusal:
        return json_answer({"error": str(refusal), "code": refusal.code}, 400)
    except (KeyError, TypeError, ValueError) as error:
        return json_answer({"error": repr(error)}, 400)

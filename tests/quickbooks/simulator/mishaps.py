"""What goes wrong on purpose: which request, how often, and how."""

import random
from dataclasses import dataclass, field, fields
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any, Literal

Kind = Literal[
    "drop_before",  # The connection breaks; nothing was done.
    "drop_after",  # It was done; the answer is lost.
    "hang",  # No answer ever; nothing was done.
    "delay",  # The answer comes after `seconds`.
    "server_error",  # A fault of code 10000, or an empty answer with `status`.
    "html",  # A gateway's page instead of JSON, with `status` or 502.
    "html_after",  # The same, but it was done.
    "throttled",  # 429, with Retry-After where `retry_after` says so.
    "expired",  # 401, as JSON.
    "expired_xml",  # 401, as XML.
    "stale",  # 5010.
    "forbidden",  # 403 with 3100.
    "subscription_ended",  # 6190.
    "books_closed",  # 6210.
    "refused",  # Any `code`, with `detail`.
    "invalid_grant",  # For the token address.
    "lost",  # A webhook is never sent.
    "doubled",  # A webhook is sent again, with the same id.
    "swapped",  # A webhook comes after the next one.
    "bad_signature",  # A webhook that somebody else could have sent.
]
OF_WEBHOOKS = ("lost", "doubled", "swapped", "bad_signature")


@dataclass
class Mishap:
    """What happens to the requests that `at` matches.

    That is a pattern such as `invoice.create`, `cdc`, `query.*`, `token.*`, `webhook.payment.*`.
    It strikes `times` times (None: always), after letting `skip` requests through, each time with
    `probability`, by a generator of its own that `seed` starts.
    """

    kind: Kind
    at: str = "*"
    times: int | None = 1
    skip: int = 0
    probability: float = 1.0
    seed: int = 0
    seconds: float = 0.0
    status: int = 0
    retry_after: int | None = None
    code: str = "6000"
    detail: str = ""
    struck: int = 0
    _chance: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def strikes(self, spot: str) -> bool:
        is_over = self.times is not None and self.struck >= self.times
        is_for_other = (self.kind in OF_WEBHOOKS) != spot.startswith("webhook.")
        if is_over or is_for_other or not fnmatchcase(spot, self.at):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self._chance.random() >= self.probability:
            return False
        self.struck += 1
        return True


@dataclass
class Asked:
    """One request that came, as tests count them; `spot` is what mishaps aim at."""

    spot: str
    method: str
    path: str
    at: datetime
    request_id: str = ""
    status: int | None = None
    body: Any = None

    def told(self) -> dict[str, Any]:
        shown = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**shown, "at": self.at.isoformat()}

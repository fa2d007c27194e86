"""How often an address may try keys that are not good."""

import ipaddress
import math
from collections.abc import Callable
from time import monotonic

ATTEMPTS_MAX = 20
WINDOW_SECONDS = 60.0
ADDRESSES_MAX = 10_000

# Whoever has one address of version 6 has all that begin like it.
_IPV6_PREFIX = 64


class Attempts:
    """Failures by address. Whoever has a good key is served, however many fail beside it."""

    def __init__(self, *, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        # Since when is counted, and how many; oldest first.
        self._failed: dict[str, tuple[float, int]] = {}

    def fail(self, address: str) -> int:
        """Count a failure. Answers after how many seconds to try again, 0 for at once."""
        now, place = self._clock(), _place(address)
        since, count = self._failed.get(place, (now, 0))
        if now - since >= WINDOW_SECONDS:
            del self._failed[place]
            since, count = now, 0
        if place not in self._failed and len(self._failed) >= ADDRESSES_MAX:
            del self._failed[next(iter(self._failed))]
        self._failed[place] = since, count + 1
        return math.ceil(since + WINDOW_SECONDS - now) if count >= ATTEMPTS_MAX else 0


def _place(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(ipaddress.ip_network((found, _IPV6_PREFIX), strict=False))

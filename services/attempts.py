"""How often an address may try keys that are not good."""

import ipaddress
from collections.abc import Callable
from time import monotonic_ns

ATTEMPTS_MAX = 20
WINDOW_SECONDS = 60
ADDRESSES_MAX = 10_000

_NANOSECONDS = 1_000_000_000
# Whoever has one address of version 6 has all that begin like it.
_IPV6_PREFIX = 64


class Attempts:
    """Failures by address. Whoever has a good key is served, however many fail beside it."""

    def __init__(self, *, clock: Callable[[], int] = monotonic_ns) -> None:
        self._clock = clock
        # Since when is counted, and how many; oldest first.
        self._failed: dict[str, tuple[int, int]] = {}

    def fail(self, address: str) -> int:
        """Count a failure. Answers after how many seconds to try again, 0 for at once."""
        now, place = self._clock(), _place(address)
        since, count = self._failed.get(place, (now, 0))
        if now - since >= WINDOW_SECONDS * _NANOSECONDS:
            del self._failed[place]
            since, count = now, 0
        if place not in self._failed and len(self._failed) >= ADDRESSES_MAX:
            del self._failed[next(iter(self._failed))]
        self._failed[place] = since, count + 1
        passed = (now - since) // _NANOSECONDS
        return WINDOW_SECONDS - passed if count >= ATTEMPTS_MAX else 0


def _place(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(ipaddress.ip_network((found, _IPV6_PREFIX), strict=False))

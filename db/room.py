"""Turns at something of which there are only so many, counted for whoever looks on."""

import asyncio


class Room(asyncio.Semaphore):
    """A semaphore that knows how many are in and how many wait."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size

    async def __aenter__(self) -> None:
        # As `acquire` does it, without another coroutine where there is room.
        if self.locked():
            await self.acquire()
        else:
            self._value -= 1

    @property
    def in_use(self) -> int:
        return self.size - self._value

    @property
    def waiting(self) -> int:
        return len(self._waiters or ())

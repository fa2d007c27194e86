"""What is watched tells of, one after the other."""

from typing import NamedTuple, Protocol

from engine.declare import Answer


class Happened(NamedTuple):
    """Something that a subscription tells of. All who ask the same of `what` share the answer."""

    what: object
    answer: Answer


class Stream(Protocol):
    """What a subscription's resolver answers: whatever happens from then on."""

    async def next(self) -> Happened:
        """Waits for it. Raises ConnectionError, in words, where nothing more will be told."""
        ...

    def close(self) -> None: ...

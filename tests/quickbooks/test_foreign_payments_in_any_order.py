"""However often and in whatever order versions of payments come, the newest are what counts."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import audit
from db.database import Database
from services.foreign_payments import Version
from tests.quickbooks.ledger import Ledger, opened, payment

INVOICES = ("a", "b", "c")
NAMES = st.sampled_from(INVOICES)
AMOUNT_CENTS = 1000
# The newest versions of all payments fit together; older ones need not.
PAYMENTS_MAX = 3
NEWEST = st.dictionaries(NAMES, st.integers(0, AMOUNT_CENTS // PAYMENTS_MAX), max_size=3)
OLDER = st.dictionaries(NAMES, st.integers(0, 1200), max_size=3)
TEXTS = st.sampled_from([None, "1042", "7"])
DELETED = None

# A payment's versions, the oldest first, and whether it is deleted in the end.
Story = tuple[list[tuple[Mapping[Any, int], str | None]], bool]


@st.composite
def stories(draw: st.DrawFn) -> list[Story]:
    def story() -> Story:
        older = draw(st.lists(st.tuples(OLDER, TEXTS), max_size=3))
        newest = draw(st.tuples(NEWEST, TEXTS))
        return [*older, newest], draw(st.booleans())

    return [story() for _ in range(draw(st.integers(1, PAYMENTS_MAX)))]


@pytest.fixture
async def ledger(database: Database) -> AsyncGenerator[Ledger]:
    async with opened(database) as ledger:
        yield ledger
    assert await audit.differences(database) == []


class Books:
    """Three invoices of their own, and what comes in of each payment."""

    _numbers = count(1)

    def __init__(self, ledger: Ledger, told: list[Story]) -> None:
        self.ledger = ledger
        self._number = next(self._numbers)
        self.events = [
            event for place, story in enumerate(told) for event in self._events(place, story)
        ]
        self.newest = [list(self._events(place, story))[-1] for place, story in enumerate(told)]

    async def bill(self) -> None:
        self.ledger.invoices.clear()
        for name in INVOICES:
            await self.ledger.bill(f"{self._number}{name}", "10.00")

    def _events(self, place: int, story: Story) -> list[tuple[str, Version | None]]:
        id_ = f"{self._number}.{place}"
        versions, is_deleted = story
        found: list[tuple[str, Version | None]] = []
        for token, (cents, reference) in enumerate(versions):
            lines = {f"{self._number}{name}": part for name, part in cents.items()}
            version = payment(token, cents_by_invoice=lines or {"unknown": 1})
            found.append((id_, replace(version, quickbooks_id=id_, reference_number=reference)))
        return [*found, (id_, DELETED)] if is_deleted else found

    async def receive(self, event: tuple[str, Version | None]) -> None:
        id_, version = event
        if version is None:
            await self.ledger.remove(id_)
        else:
            await self.ledger.apply(version)

    async def look_again(self) -> None:
        """As every look at QuickBooks does with what did not fit."""
        for _ in self.newest:
            for event in self.newest:
                if any(subject.startswith(f"Payment {event[0]} ") for subject in await self._ill()):
                    await self.receive(event)

    async def _ill(self) -> list[str]:
        return list(await self.ledger.problems())

    async def shown(self) -> object:
        """What is here, without what tells this book from another."""
        own = len(str(self._number))
        lines = await self.ledger.lines()
        references = {
            name: sorted(
                (paid.amount_cents, paid.reference_number or "")
                for paid in await self.ledger.payments(f"{self._number}{name}")
                if paid.deleted_at is None
            )
            for name in INVOICES
        }
        return {
            (one[own:], other[own:]): cents for (one, other), cents in lines.items()
        }, references


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=stories(), data=st.data())
async def test_the_newest_versions_are_what_counts(
    ledger: Ledger, told: list[Story], data: st.DataObject
) -> None:
    once = Books(ledger, told)
    await once.bill()
    for event in once.newest:
        await once.receive(event)
    expected = await once.shown()

    often = Books(ledger, told)
    await often.bill()
    extra = data.draw(st.lists(st.sampled_from(often.events), max_size=6))
    events = data.draw(st.permutations([*often.events, *extra]))
    for event in events:
        await often.receive(event)
    await often.look_again()
    assert await often.shown() == expected
    assert await ledger.problems() == {}

    before = await ledger.till.everything()
    for event in reversed(events):
        await often.receive(event)
    assert await ledger.till.everything() == before

"""A company opened for a job: who gets it, and what becomes of what goes wrong inside."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from db import jobs
from domain.job import JobKind
from quickbooks.client import Company
from quickbooks.errors import Disconnected, Gone, NeedsReconnect, Retryable
from quickbooks.options import lane
from services.jobs import Later, Task
from tests.quickbooks.simulator import REALM, Kind, Mishap
from tests.quickbooks.world import ORGANIZATION_ID, QuickBooksWorld


@asynccontextmanager
async def opened(
    world: QuickBooksWorld, realm_id: str = REALM, organization_id: int = ORGANIZATION_ID
) -> AsyncGenerator[Company]:
    """For a job that looks for changes."""
    now = world.clock()
    async with world.database.transaction() as session:
        await jobs.enqueue(
            session,
            organization_id=organization_id,
            kind=JobKind.PULL_CHANGES,
            key=realm_id,
            lane=lane(realm_id),
            now=now,
        )
    lease = await jobs.claim(
        world.database, owner="x", now=now, lease_until=now, kinds=list(JobKind)
    )
    assert lease is not None
    async with world.companies.opened(
        Task(world.database, lease, world.clock), realm_id
    ) as company:
        yield company


async def test_it_is_opened_for_whoever_is_connected_to_it(connected: QuickBooksWorld) -> None:
    async with opened(connected) as company:
        info = await company.read("CompanyInfo", REALM)
    assert (company.realm_id, info["CompanyName"]) == (REALM, "Demo Freight Books")


async def test_another_company_is_not_opened(connected: QuickBooksWorld) -> None:
    with pytest.raises(Disconnected):
        async with opened(connected, "42"):
            pytest.fail("it was opened")


async def test_without_any_connection_none_is_opened(unconnected: QuickBooksWorld) -> None:
    with pytest.raises(Disconnected):
        async with opened(unconnected):
            pytest.fail("it was opened")


@pytest.mark.parametrize(
    ("error", "pause", "is_counted"),
    [
        (Retryable("No answer"), None, True),
        (Retryable("Throttled", pause=timedelta(seconds=7)), timedelta(seconds=7), False),
    ],
)
async def test_what_may_go_well_later_is_tried_later(
    connected: QuickBooksWorld, error: Retryable, pause: timedelta | None, *, is_counted: bool
) -> None:
    with pytest.raises(Later) as raised:
        async with opened(connected):
            raise error
    later = raised.value
    assert (later.message, later.pause, later.is_counted) == (error.message, pause, is_counted)


async def test_what_is_rejected_passes_through(connected: QuickBooksWorld) -> None:
    with pytest.raises(Gone):
        async with opened(connected) as company:
            await company.read("Invoice", "999")


@pytest.mark.parametrize(
    ("kind", "words"),
    [("forbidden", "the app's keys are for the sandbox"), ("subscription_ended", "has ended")],
)
async def test_what_only_a_person_can_put_right_waits_for_one(
    connected: QuickBooksWorld, kind: Kind, words: str
) -> None:
    connected.simulator.go_wrong(Mishap(kind, "companyinfo.read"))
    for _ in "ab":
        with pytest.raises(Later, match=words) as raised:
            async with opened(connected) as company:
                await company.read("CompanyInfo", REALM)
        assert (raised.value.pause, raised.value.is_counted) == (timedelta(minutes=15), False)
        connected.clock.advance(timedelta(seconds=1))
    # From then on it is not asked any more.
    assert connected.simulator.count("companyinfo.read") == 1
    await connected.connect()
    async with opened(connected) as company:
        assert await company.read("CompanyInfo", REALM)


async def test_what_a_job_says_of_an_old_connection_is_not_said_of_a_new_one(
    connected: QuickBooksWorld,
) -> None:

    async def job() -> None:
        async with opened(connected):
            connected.clock.advance(timedelta(seconds=1))
            await connected.connect()
            raise NeedsReconnect("It was so before")

    with pytest.raises(Later):
        await job()
    assert (await connected.connection()).reconnect_reason is None


async def test_disconnected_while_a_job_runs_nothing_more_is_asked(
    connected: QuickBooksWorld,
) -> None:
    row = await connected.connection()
    row.tokens, row.disconnected_at = None, connected.clock()
    connected.simulator.asked.clear()

    async def job() -> None:
        async with opened(connected) as company:
            await connected.replace(row)
            await company.read("CompanyInfo", REALM)

    with pytest.raises(Disconnected):
        await job()
    assert connected.simulator.asked == []


async def test_a_company_that_throttles_is_let_alone_by_all_of_a_process(
    connected: QuickBooksWorld,
) -> None:
    connected.simulator.go_wrong(Mishap("throttled", "companyinfo.read", retry_after=30))
    for left in (30, 20):
        with pytest.raises(Later) as raised:
            async with opened(connected) as company:
                await company.read("CompanyInfo", REALM)
        assert raised.value.pause == timedelta(seconds=left)
        connected.clock.advance(timedelta(seconds=10))
    assert connected.simulator.count("companyinfo.read") == 1

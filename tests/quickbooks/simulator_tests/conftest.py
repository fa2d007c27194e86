"""A simulator whose time stands still, and a client that is connected to it."""

import ssl
from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import httpx2
import pytest

from tests.quickbooks.simulator import MovableClock, Simulator, running
from tests.quickbooks.simulator_tests.caller import Caller

START = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
def simulator(clock: MovableClock) -> Simulator:
    return Simulator(clock=clock)


@pytest.fixture
async def caller(simulator: Simulator) -> AsyncGenerator[Caller]:
    no_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    async with (
        running(simulator) as url,
        httpx2.AsyncClient(base_url=url, verify=no_tls) as http,
    ):
        caller = Caller(simulator, http)
        await caller.connect()
        yield caller

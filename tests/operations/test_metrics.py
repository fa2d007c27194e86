"""What Prometheus is told, and who may read it."""

from typing import Any

import httpx2
import pytest

from app import create_app
from db.database import Database
from db.tables import Organization
from endpoints.access import Demo
from endpoints.choices import Readers
from tests.client import FILES
from tests.conftest import NOW

ORGANIZATION = Organization(
    id=1, name="Demo Freight", time_zone="America/Toronto", currency="CAD", created_at=NOW
)
LOCAL, REMOTE = ("127.0.0.1", 4711), ("203.0.113.7", 4711)


def client(database: Database, readers: Readers, address: tuple[str, int]) -> httpx2.AsyncClient:
    app = create_app(database, Demo(ORGANIZATION), files=FILES, clock=lambda: NOW, readers=readers)
    transport = httpx2.ASGITransport(app, client=address)
    return httpx2.AsyncClient(transport=transport, base_url="http://test")


async def numbers(http: httpx2.AsyncClient) -> dict[str, float]:
    answer = await http.get("/metrics")
    answer.raise_for_status()
    assert answer.headers["content-type"].startswith("text/plain")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


async def ask(http: httpx2.AsyncClient, query: str) -> Any:
    return (await http.post("/graphql", json={"query": query})).json()


@pytest.mark.parametrize(
    ("readers", "address", "status"),
    [
        (Readers.LOCAL, LOCAL, 200),
        (Readers.LOCAL, ("::1", 4711), 200),
        (Readers.LOCAL, REMOTE, 404),
        (Readers.PUBLIC, REMOTE, 200),
        (Readers.OFF, LOCAL, 404),
    ],
)
async def test_who_may_read_them_is_a_setting(
    database: Database, readers: Readers, address: tuple[str, int], status: int
) -> None:
    async with client(database, readers, address) as http:
        assert (await http.get("/metrics")).status_code == status


async def test_requests_are_counted_by_operation_and_outcome(database: Database) -> None:
    async with client(database, Readers.LOCAL, LOCAL) as http:
        for _ in range(3):
            await ask(http, "query Board { invoices { totalCount } }")
        await ask(http, "{ viewer { name } }")
        await ask(http, "query Board { invoices(first: 0) { totalCount } }")
        await ask(http, "query Broken { nothing }")
        await http.get("/nowhere")
        found = await numbers(http)

    requests = {
        name.removeprefix("remit_requests_total"): value
        for name, value in found.items()
        if name.startswith("remit_requests_total")
    }
    assert requests == {
        '{operation="Board",outcome="OK"}': 3,
        '{operation="Board",outcome="BAD_USER_INPUT"}': 1,
        '{operation="anonymous",outcome="OK"}': 1,
        '{operation="none",outcome="GRAPHQL_VALIDATION_FAILED"}': 1,
        '{operation="none",outcome="HTTP_404"}': 1,
    }
    assert found['remit_request_seconds_count{operation="Board"}'] == 4
    assert found['remit_request_seconds_bucket{le="+Inf",operation="Board"}'] == 4
    assert 0 < found['remit_request_seconds_sum{operation="Board"}'] < 60


async def test_plans_and_connections_are_counted(database: Database) -> None:
    async with client(database, Readers.LOCAL, LOCAL) as http:
        for _ in range(3):
            await ask(http, "query Board { invoices { totalCount } }")
        await ask(http, "{ __schema { queryType { name } } }")
        found = await numbers(http)

    assert found['remit_documents{of="kept"}'] == 2
    assert found['remit_document_lookups_total{of="hit"}'] == 2
    assert found['remit_document_lookups_total{of="miss"}'] == 2
    assert found['remit_plans_total{of="planned"}'] == 3
    assert found['remit_plans_total{of="walked"}'] == 1
    size = 4 if database.is_sqlite else 10
    assert found['remit_connections{of="statements_max"}'] == size
    assert found['remit_connections{of="statements_in_use"}'] == 0
    assert found['remit_connections{of="statements_waiting"}'] == 0
    assert found['remit_connections{of="transactions_max"}'] == 10
    assert found["process_resident_memory_bytes"] > 10_000_000


async def test_clients_cannot_make_more_than_a_hundred_labels(database: Database) -> None:
    async with client(database, Readers.LOCAL, LOCAL) as http:
        for number in range(105):
            await ask(http, f"query Failing{number} {{ invoices(first: 0) {{ totalCount }} }}")
        for number in range(105):
            await ask(http, f"query Name{number} {{ __typename }}")
        found = await numbers(http)

    labels = [name for name in found if name.startswith("remit_request_seconds_count")]
    assert len(labels) == 101
    assert found['remit_requests_total{operation="Name99",outcome="OK"}'] == 1
    assert found['remit_requests_total{operation="other",outcome="OK"}'] == 5
    assert found['remit_requests_total{operation="other",outcome="BAD_USER_INPUT"}'] == 105


@pytest.mark.parametrize("version", ["abc", '"1.0.0"', "1..0"])
async def test_an_odd_version_in_what_is_accepted_is_no_failure(
    database: Database, version: str
) -> None:
    async with client(database, Readers.LOCAL, LOCAL) as http:
        accept = f"application/openmetrics-text; version={version}"
        answer = await http.get("/metrics", headers={"accept": accept})

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")

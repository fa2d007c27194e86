"""Whom an export is handed to: whoever has its address, for an hour, and nobody else."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
import pytest
from sqlalchemy import select
from sqlmodel import col

from app import create_app
from db import exports, organizations
from db.database import Database
from db.tables import Export
from domain.export import ExportFormat
from endpoints.access import Demo
from services import exports as service
from services.author import Author
from tests.client import FILES, Client, Clock
from tests.conftest import NOW, TODAY
from tests.downloads import address, download, export
from tests.endpoints import alive
from tests.factories import create_customer, create_invoice

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)

NOT_GOOD = {
    "errors": [
        {
            "message": "This address is not good for a file",
            "extensions": {"code": "FORBIDDEN"},
        }
    ]
}


@pytest.fixture
async def other(database: Database, api: Client) -> AsyncGenerator[Client]:
    """The same server's client of another organization."""
    async with database.transaction() as session:
        found = await organizations.create(
            session,
            organization_id=2,
            name="Elsewhere Ltd.",
            time_zone="Europe/Berlin",
            currency="EUR",
            created_at=NOW,
        )
    app = create_app(database, Demo(found), files=FILES, clock=Clock())
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Client(http, api.clock, database)


async def refused(api: Client, url: str, method: str = "GET") -> None:
    """Refused as every address is that is not good, whatever is wrong with it."""
    answer = await api.http.request(method, url)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert method == "HEAD" or answer.json() == NOT_GOOD


async def test_the_address_is_absolute_and_good_for_an_hour(api: Client) -> None:
    url = await address(api)
    assert url.startswith("http://test/exports/1/export_0")

    api.clock.now = NOW + HOUR - SECOND
    assert (await api.http.get(url)).status_code == 200
    assert (await api.http.get(url)).status_code == 200

    api.clock.now = NOW + HOUR
    answer = await api.http.get(url)
    assert answer.status_code == 403
    assert answer.json() == {
        "errors": [
            {
                "message": "This address has expired: export the invoices again",
                "extensions": {"code": "FORBIDDEN"},
            }
        ]
    }


async def test_an_address_that_was_altered_is_good_for_nothing(api: Client) -> None:
    url = await address(api)
    split = urlsplit(url)
    query = dict(parse_qsl(split.query))
    later = {**query, "expires": str(int(query["expires"]) + 1)}

    for altered in (
        split.path,
        f"{split.path}?{urlencode(later)}",
        f"{split.path}?{urlencode({**query, 'expires': ''})}",
        f"{split.path}?{urlencode({**query, 'signature': query['signature'][:-1]})}",
        f"{split.path}?{urlencode({**query, 'signature': 'é' * 64})}",
        url.replace("/exports/1/", "/exports/2/"),
        url.replace("/exports/1/", "/exports/01/"),
        url.replace("/exports/1/", "/exports/x/"),
        f"{split.path}x?{split.query}",
    ):
        await refused(api, altered)
    await refused(api, url.replace("/exports/1/", "/exports/2/"), "HEAD")


async def test_no_other_method_is_served(api: Client) -> None:
    url = await address(api)

    for method in ("POST", "PUT", "DELETE"):
        answer = await api.http.request(method, url)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
        assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_a_signature_for_what_never_was_or_is_forgotten_is_good_for_nothing(
    api: Client, database: Database
) -> None:
    unknown = FILES.signer.url("GET", "/exports/1/export_unknown", now=NOW, lifetime=HOUR)
    await refused(api, unknown)
    url = await address(api)
    foreign = urlsplit(url).path.replace("/exports/1/", "/exports/2/")
    await refused(api, FILES.signer.url("GET", foreign, now=NOW, lifetime=HOUR))

    async with database.transaction() as session:
        await exports.forget_expired(session, NOW + timedelta(hours=25))
    assert (await api.http.get(url)).status_code == 200
    async with database.transaction() as session:
        await exports.forget_expired(session, NOW + timedelta(hours=25) + SECOND)
    await refused(api, url)


async def test_what_is_old_is_forgotten_when_the_server_starts(
    api: Client, database: Database
) -> None:
    async with database.transaction() as session:
        for hours in (24, 26):
            author = Author(1, "Somebody", NOW - timedelta(hours=hours), TODAY)
            service.ask(session, author, format=ExportFormat.CSV, wanted="{}")
        organization = await organizations.get(session, 1)
    handle = Database(database.engine.url.render_as_string(hide_password=False))
    app = create_app(handle, Demo(organization), files=FILES, clock=Clock())

    async with alive(app):
        pass

    [kept] = await database.read(select(col(Export.created_at)))
    assert kept == (NOW - timedelta(hours=24),)


async def test_each_organization_has_only_its_own_invoices_in_its_files(
    api: Client, other: Client
) -> None:
    mine = await create_invoice(api, "1.00")
    customer = await create_customer(other, "Their customer")
    theirs = await create_invoice(other, "2.00", customerId=customer["id"])

    for form in ("csv", "json"):
        own, foreign = (await download(api, form)).text, (await download(other, form)).text
        assert mine["id"] in own
        assert theirs["id"] in foreign
        assert theirs["id"] not in own
        assert mine["id"] not in foreign
    assert (await export(api, "csv", filter={"customerId": [customer["id"]]}))["count"] == 0


async def test_a_file_is_the_same_by_whichever_organizations_server(
    api: Client, other: Client
) -> None:
    await create_invoice(api, "1.00")
    url = await address(api)

    assert (await other.http.get(url)).content == (await api.http.get(url)).content

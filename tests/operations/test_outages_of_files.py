"""Files while there is no database: an outage is told as one, whatever is asked for."""

from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from app import create_app
from db.database import Database
from db.errors import Unavailable
from db.tables import Organization
from endpoints.access import Demo
from tests.client import FILES, SIGNER
from tests.conftest import NOW
from tests.files import code

NOWHERE = "postgresql://remit@127.0.0.1:9/remit"
ORGANIZATION = Organization(
    id=1, name="Demo Freight", time_zone="America/Toronto", currency="CAD", created_at=NOW
)


def check_unavailable(answer: httpx2.Response) -> None:
    assert code(answer) == (503, "SERVICE_UNAVAILABLE")
    assert answer.headers["retry-after"] == "1"
    assert "cannot be reached" in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/documents/1/document_1"),
        ("PUT", "/documents/1/document_1"),
        ("GET", "/exports/1/export_1"),
    ],
)
async def test_a_file_without_its_database_is_unavailable(
    method: str, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(NOWHERE)
    app = create_app(database, Demo(ORGANIZATION), files=FILES, clock=lambda: NOW)
    url = SIGNER.url(method, path, now=NOW, lifetime=timedelta(hours=1))
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport) as http:
        check_unavailable(await http.request(method, url))
    await database.close()

    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("url", [NOWHERE, "sqlite:///{}/gone/remit.db"])
async def test_a_moment_that_cannot_begin_is_an_outage(url: str, tmp_path: Path) -> None:
    database = Database(url.format(tmp_path))
    if database.is_sqlite:
        (tmp_path / "gone").rmdir()

    with pytest.raises(Unavailable, match="cannot be reached"):
        async with database.moment():
            pass
    await database.close()

"""No secret is told: not in logs, answers, pages, or whatever is kept beside the sealed tokens."""

import logging
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select
from sqlmodel import SQLModel

from db.database import Database
from tests.databases import SQLite
from tests.processes import add_organization, server
from tests.quickbooks.desk import CONNECT, CONNECTION, Desk
from tests.quickbooks.simulator import Mishap, MovableClock, Simulator, running

KINDS: tuple[Any, ...] = ("server_error", "html", "invalid_grant", "drop_after", "expired_xml")


@dataclass
class Secrets:
    """All that came up, of what nobody is to know."""

    simulator: Simulator
    key: str
    more: list[str] = field(default_factory=list[str])

    def all(self) -> Iterator[str]:
        grants = self.simulator.grants
        yield from (self.simulator.client_secret, self.simulator.webhooks.verifier_token, self.key)
        yield from grants.codes
        yield from grants.access
        for grant in grants.grants:
            yield from (grant.refresh_token, *grant.old_tokens)
        yield from self.more

    def told_in(self, text: str) -> list[str]:
        found = [*self.all()]
        assert len(found) > 5
        return [secret for secret in found if secret in text]


@pytest.fixture
async def simulated(simulator: Simulator) -> AsyncGenerator[str]:
    simulator.clock = MovableClock()
    simulator.grants.clock = simulator.clock
    async with running(simulator) as url:
        yield url


async def test_none_is_in_logs_answers_and_rows(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    simulator, told = desk.world.simulator, list[str]()
    secrets = Secrets(simulator, "sealed")
    simulator.switches.rotate_always = True
    for kind in (*KINDS, None):
        for spot in ("token.*", "companyinfo.read", "cdc"):
            if kind is not None:
                simulator.go_wrong(Mishap(kind, spot))
            url = await desk.ask()
            secrets.more.append(dict(parse_qsl(urlsplit(url).query))["state"])
            told.append((await desk.say_yes(url)).text)
            simulator.grants.expire_access()
            await desk.world.work()
            told.append(str(await desk.shown()))
    simulator.disconnect()
    simulator.grants.expire_access()
    told.append(str(await desk.admin.send("mutation { syncQuickBooks { userErrors { code } } }")))
    await desk.world.work()
    told.append(str(await desk.shown()))
    told.extend(await _rows(desk.world.database))
    assert "companyinfo.read" in {asked.spot for asked in simulator.asked}
    assert secrets.told_in("\n".join(told)) == []
    # What two libraries say at DEBUG is kept out by `logs.configure`; see the other test.
    ours = [one for one in caplog.records if not one.name.startswith(("httpx2", "httpcore2"))]
    assert secrets.told_in("\n".join(str(one.__dict__) for one in ours)) == []


async def _rows(database: Database) -> list[str]:
    """Everything that is kept. Tokens are sealed there."""
    return [
        str(row)
        for table in SQLModel.metadata.sorted_tables
        for row in await database.read_own(select(table))
    ]


async def test_none_is_in_what_a_server_prints(
    database_url: str, tmp_path: Path, simulator: Simulator, simulated: str
) -> None:
    await add_organization(database_url)
    secrets = Secrets(simulator, Fernet.generate_key().decode())
    settings = {
        "REMIT_QUICKBOOKS_CLIENT_ID": simulator.client_id,
        "REMIT_QUICKBOOKS_CLIENT_SECRET": simulator.client_secret,
        "REMIT_QUICKBOOKS_WEBHOOK_VERIFIER": simulator.webhooks.verifier_token,
        "REMIT_QUICKBOOKS_AUTHORIZE_URL": f"{simulated}/oauth2/authorize",
        "REMIT_QUICKBOOKS_TOKEN_URL": f"{simulated}/oauth2/v1/tokens/bearer",
        "REMIT_QUICKBOOKS_REVOKE_URL": f"{simulated}/oauth2/revoke",
        "REMIT_QUICKBOOKS_API_URL": simulated,
        "REMIT_TOKEN_KEY": secrets.key,
        "REMIT_LOG_LEVEL": "debug",
    }
    with server(database_url, tmp_path, **settings) as process:
        async with httpx2.AsyncClient(base_url=process.address, timeout=30) as http:
            for kind in ("html", "server_error", None):
                if kind is not None:
                    simulator.go_wrong(Mishap(kind, "token.*" if kind == "html" else "company*"))
                answer = await http.post("/graphql", json={"query": CONNECT})
                url: str = answer.json()["data"]["connectQuickBooks"]["authorizationUrl"]
                secrets.more.append(dict(parse_qsl(urlsplit(url).query))["state"])
                callback = simulator.authorize(url)
                assert callback.startswith(f"{process.address}/quickbooks/callback?")
                page = await http.get(callback)
            assert page.status_code == 200
            shown = await http.post("/graphql", json={"query": CONNECTION})
            assert shown.json()["data"]["quickBooks"]["isConnected"] is True
    printed = process.log.read_text()
    assert "/quickbooks/callback" in printed
    assert secrets.told_in(printed + page.text + shown.text) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"REMIT_QUICKBOOKS_CLIENT_SECRET": "s", "REMIT_TOKEN_KEY": "too-short"},
            "REMIT_TOKEN_KEY cannot be used. Key 1 is not 32 bytes in URL-safe base64",
        ),
        ({}, "REMIT_QUICKBOOKS_CLIENT_ID is set: set REMIT_QUICKBOOKS_CLIENT_SECRET as well"),
    ],
)
async def test_a_server_with_half_an_app_does_not_start_and_says_why(
    sqlite: SQLite, tmp_path: Path, settings: dict[str, str], said: str
) -> None:
    with sqlite.copy(tmp_path) as url:
        await add_organization(url)
        process = server(url, tmp_path, REMIT_QUICKBOOKS_CLIENT_ID="remit", **settings)
        with pytest.raises(AssertionError, match=said), process:
            pytest.fail("it has started")

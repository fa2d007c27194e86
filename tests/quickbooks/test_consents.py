"""Coming back from Intuit: who is believed, and what the page says."""

import re
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from domain.access import Role
from tests.organizations import made_organization
from tests.quickbooks.desk import NOT_CONNECTED, Desk, title_of
from tests.quickbooks.simulator import REALM, Mishap

TITLES = {
    200: "QuickBooks is connected",
    400: "This address is not good any more",
    502: "QuickBooks was not connected",
    503: "QuickBooks was not connected",
}


async def test_the_page_loads_nothing_and_tells_nobody(desk: Desk) -> None:
    desk.world.simulator.company.name = "<script>alert('Books')</script> & Söhne"
    for row in desk.world.simulator.company.rows["CompanyInfo"].values():
        row.body["CompanyName"] = desk.world.simulator.company.name
    page = await desk.say_yes(await desk.ask())
    assert "&lt;script&gt;alert(&#x27;Books&#x27;)&lt;/script&gt; &amp; Söhne" in page.text
    assert "<script" not in page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"


async def test_the_page_leads_back_and_shows_its_own_style_only(desk: Desk) -> None:
    page = await desk.say_yes(await desk.ask())
    [style] = re.findall("<style>(.*)</style>", page.text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in page.headers["content-security-policy"]
    assert re.findall('href="(.*?)"', page.text) == ["/quickbooks"]


async def test_a_state_is_good_once(desk: Desk) -> None:
    url = await desk.ask()
    callback = desk.world.simulator.authorize(url)
    assert (await desk.come_back(callback)).status_code == 200
    again = await desk.come_back(callback)
    assert (again.status_code, title_of(again)) == (400, TITLES[400])
    assert desk.world.simulator.count("token.authorization_code") == 1


async def test_a_state_is_good_for_ten_minutes(desk: Desk) -> None:
    late, just = await desk.ask(), await desk.ask()
    desk.world.clock.advance(timedelta(minutes=9, seconds=59))
    assert (await desk.say_yes(just)).status_code == 200
    desk.world.clock.advance(timedelta(seconds=1))
    assert (await desk.say_yes(late)).status_code == 400


@pytest.mark.parametrize(
    "state",
    ["", "1-forged", "1", "-", "2-x", "9" * 40, "\x00", "é\ud83d", "x" * 5000, "1-" + "x" * 43],
)
async def test_a_state_that_was_not_made_here_is_nothing(desk: Desk, state: str) -> None:
    callback = desk.world.simulator.authorize(await desk.ask())
    query = urlencode({"state": state, "code": "c", "realmId": REALM}, errors="replace")
    page = await desk.server.http.get(f"/quickbooks/callback?{query}")
    assert page.status_code == 400
    assert desk.world.simulator.count("token.*") == 0
    # And has not used up the one that was.
    assert (await desk.come_back(callback)).status_code == 200


async def test_a_state_is_for_the_organization_that_asked(desk: Desk) -> None:
    await made_organization(desk.world.database, 2, "Other Freight")
    other = desk.server.holder(await desk.server.key(2, Role.ADMIN, "Bob"))
    url = await desk.ask(other)
    state = dict(parse_qsl(urlsplit(url).query))["state"]
    callback = desk.world.simulator.authorize(url)
    stolen = await desk.come_back(callback, state=f"1{state.removeprefix('2')}")
    assert stolen.status_code == 400
    page = await desk.come_back(callback)
    assert "is now connected to Other Freight in Remit" in page.text
    assert await desk.shown() == NOT_CONNECTED
    assert (await desk.shown(other))["isConnected"] is True
    assert (await desk.world.connection(2)).connected_by == "Bob"


async def test_whoever_declines_changes_nothing(desk: Desk) -> None:
    url = await desk.ask()
    page = await desk.say_yes(url, deny=True)
    assert (page.status_code, title_of(page)) == (200, "QuickBooks was not connected")
    assert await desk.shown() == NOT_CONNECTED
    assert (await desk.say_yes(url)).status_code == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"code": ""},
        {"code": "x" * 1001},
        {"realmId": ""},
        {"realmId": "../1"},
        {"realmId": "1" * 33},
        {"realmId": "\N{FULLWIDTH DIGIT ONE}"},
    ],
)
async def test_what_is_missing_is_not_asked_for_at_intuit(
    desk: Desk, changed: dict[str, str]
) -> None:
    callback = desk.world.simulator.authorize(await desk.ask())
    page = await desk.come_back(callback, **changed)
    assert (page.status_code, title_of(page)) == (400, "QuickBooks was not connected")
    assert desk.world.simulator.count("*") == 0
    assert await desk.shown() == NOT_CONNECTED


async def test_another_company_than_the_one_that_said_yes_is_not_connected(desk: Desk) -> None:
    desk.world.simulator.add_company("42", "Other Books")
    callback = desk.world.simulator.authorize(await desk.ask())
    page = await desk.come_back(callback, realmId="42")
    assert (page.status_code, title_of(page)) == (502, TITLES[502])
    assert await desk.shown() == NOT_CONNECTED
    # The tokens that nobody has a use for are given back.
    await desk.world.work()
    assert [grant.revoked for grant in desk.world.simulator.grants.grants] == [True]


@pytest.mark.parametrize(
    ("kind", "at", "status"),
    [
        ("invalid_grant", "token.*", 502),
        ("drop_after", "token.*", 503),
        ("html", "token.*", 503),
        ("server_error", "companyinfo.read", 502),
        ("forbidden", "companyinfo.read", 502),
        ("html", "companyinfo.read", 502),
    ],
)
async def test_what_fails_at_intuit_is_said_and_can_be_tried_again(
    desk: Desk, kind: Any, at: str, status: int
) -> None:
    desk.world.simulator.go_wrong(Mishap(kind, at))
    page = await desk.say_yes(await desk.ask())
    assert (page.status_code, title_of(page)) == (status, TITLES[status])
    assert await desk.shown() == NOT_CONNECTED
    assert (await desk.say_yes(await desk.ask())).status_code == 200


async def test_a_code_that_intuit_does_not_know_connects_nothing(desk: Desk) -> None:
    callback = desk.world.simulator.authorize(await desk.ask())
    assert (await desk.come_back(callback, code="AB1-forged")).status_code == 502
    assert await desk.shown() == NOT_CONNECTED


async def test_looking_at_the_address_does_not_use_it_up(desk: Desk) -> None:
    parts = urlsplit(desk.world.simulator.authorize(await desk.ask()))
    address = f"{parts.path}?{parts.query}"
    assert (await desk.server.http.head(address)).status_code == 405
    assert (await desk.server.http.post(address)).status_code == 405
    assert (await desk.server.http.get(address)).status_code == 200

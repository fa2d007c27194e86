"""What tests do in Python, over HTTP."""

import asyncio
import sys
from pathlib import Path

import httpx2
import pytest

from tests.quickbooks.simulator import REALM, Simulator
from tests.quickbooks.simulator_tests.caller import Caller


async def test_a_person_acts(caller: Caller, simulator: Simulator) -> None:
    invoice = await caller.invoice(await caller.customer(), 100, DocNumber="INVOICE-1")
    found = await caller.control("person/invoice_id", number="INVOICE-1")
    assert found.body == {"result": invoice["Id"]}
    paid = await caller.control(
        "person/record_payment", lines={invoice["Id"]: "40.05"}, reference="7", method="Check"
    )
    assert paid.body["result"] == simulator.person.see("Payment", paid.body["result"]["Id"])
    refused = await caller.control("person/delete_invoice", invoice=invoice["Id"])
    assert (refused.status, refused.body["code"]) == (400, "6000")


async def test_another_company_has_persons_too(caller: Caller, simulator: Simulator) -> None:
    await caller.control("company", realm="77", name="Other", home_currency="USD")
    answer = await caller.control("person/make?realm=77", kind="Customer", DisplayName="Acme")
    assert answer.body["result"]["CurrencyRef"]["value"] == "USD"
    assert simulator.person.see_all("Customer") == []


async def test_everything_else_is_at_hand(caller: Caller, simulator: Simulator) -> None:
    callback = await caller.control("authorize", url=caller.authorize_url())
    assert callback.body["result"].endswith(f"realmId={REALM}")
    await caller.control("switches", requests_a_second=5, amount_tolerance="0.5")
    assert str(simulator.switches.amount_tolerance) == "0.5"
    await caller.control("preferences", custom_numbers=True)
    assert simulator.preferences.custom_numbers
    moved = await caller.control("move_clock", seconds=60)
    assert moved.body == {"result": "2026-03-10T14:06:00+00:00"}
    await caller.control("mishap", kind="html", at="query.*")
    assert (await caller.query("select * from Term")).status == 502
    await caller.control("clear_mishaps")
    assert (await caller.control("count", pattern="query.*")).body == {"result": 1}
    asked = (await caller.control("requests")).body["result"][-1]
    assert (asked["spot"], asked["status"]) == ("query.term", 502)
    await caller.control("webhooks", url="http://127.0.0.1:1/", scale=0)
    assert simulator.webhooks.url == "http://127.0.0.1:1/"
    state = (await caller.control("state")).body["result"]
    assert len(state["companies"][REALM]["Term"]) == 4
    assert state["grants"][0]["refresh_token"] == caller.refresh_token
    await caller.control("disconnect")
    assert (await caller.query("select * from Term")).code == "3200"


@pytest.mark.parametrize(
    ("action", "status"),
    [("nothing", 404), ("person/nothing", 404), ("person/_row", 404), ("switches", 400)],
)
async def test_what_is_no_action_is_told(caller: Caller, action: str, status: int) -> None:
    assert (await caller.control(action, nothing=1)).status == status


async def test_it_is_a_process_of_its_own_too() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.quickbooks.simulator",
        "--port",
        "0",
        "--client-id",
        "app",
        "--client-secret",
        "x",
        "--verifier-token",
        "y",
        "--webhook-url",
        "http://127.0.0.1:1/",
        cwd=Path(__file__).parents[3],
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with httpx2.AsyncClient(base_url=url) as http:
        assert "Demo Freight Books" in (await http.get("/")).text
        sent = {"kind": "Customer", "DisplayName": "Acme"}
        made = await http.post("/control/person/make", json=sent)
        assert made.json()["result"]["DisplayName"] == "Acme"
        token = {"grant_type": "refresh_token", "refresh_token": "none"}
        answer = await http.post("/oauth2/v1/tokens/bearer", data=token, auth=("app", "x"))
        assert answer.json()["error"] == "invalid_grant"
    process.terminate()
    assert await process.wait() == 0

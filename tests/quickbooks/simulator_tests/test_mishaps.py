"""What goes wrong on purpose."""

from datetime import timedelta

import httpx2
import pytest

from tests.quickbooks.simulator import Kind, Mishap, MovableClock, Simulator
from tests.quickbooks.simulator_tests.caller import Caller, invoice

TERMS = "select * from Term"


async def test_a_lost_answer_was_still_done(caller: Caller, simulator: Simulator) -> None:
    body = invoice(await caller.customer(), 100)
    simulator.go_wrong(Mishap("drop_after", "invoice.create"))
    with pytest.raises(httpx2.RemoteProtocolError):
        await caller.post("invoice", body, requestid="1")
    again = await caller.post("invoice", body, requestid="1")
    made = simulator.person.see_all("Invoice")
    assert [each["Id"] for each in made] == [again.body["Invoice"]["Id"]]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
async def test_a_connection_may_break(caller: Caller, simulator: Simulator, kind: Kind) -> None:
    simulator.go_wrong(Mishap(kind, "customer.create"))
    with pytest.raises(httpx2.RemoteProtocolError):
        await caller.customer()
    assert len(simulator.person.see_all("Customer")) == (kind == "drop_after")


@pytest.mark.parametrize(("kind", "made"), [("hang", 0), ("delay", 1)])
async def test_an_answer_may_come_too_late(
    caller: Caller, simulator: Simulator, kind: Kind, made: int
) -> None:
    mishap = Mishap(kind, "customer.*", seconds=60)
    simulator.go_wrong(mishap)
    caller.http.timeout = 0.05
    with pytest.raises(httpx2.ReadTimeout):
        await caller.customer()
    assert len(simulator.person.see_all("Customer")) == made


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("throttled", 429, "3001"),
        ("expired", 401, "3200"),
        ("forbidden", 403, "3100"),
        ("stale", 400, "5010"),
        ("subscription_ended", 400, "6190"),
        ("books_closed", 400, "6210"),
        ("server_error", 500, "10000"),
        ("refused", 400, "6000"),
    ],
)
async def test_a_fault_comes_instead_and_only_once(
    caller: Caller, simulator: Simulator, kind: Kind, status: int, code: str
) -> None:
    simulator.go_wrong(Mishap(kind, "query.term"))
    assert (await caller.query("select * from Item")).status == 200
    answer = await caller.query(TERMS)
    assert (answer.status, answer.code) == (status, code)
    assert (await caller.query(TERMS)).status == 200


async def test_a_gateway_may_answer_in_html_before_or_after(
    caller: Caller, simulator: Simulator
) -> None:
    simulator.go_wrong(Mishap("html", "customer.create"))
    simulator.go_wrong(Mishap("html_after", "customer.create", status=504))
    pages = [await caller.post("customer", {"DisplayName": "Acme"}) for _ in range(2)]
    assert [page.status for page in pages] == [502, 504]
    assert pages[0].body.startswith("<html>")
    assert len(simulator.person.see_all("Customer")) == 1


async def test_an_empty_error_and_xml(caller: Caller, simulator: Simulator) -> None:
    simulator.go_wrong(Mishap("server_error", "cdc", status=503))
    simulator.go_wrong(Mishap("expired_xml", "query.*"))
    answer = await caller.get("cdc", entities="Payment", changedSince="2026-03-10T14:00:00Z")
    assert (answer.status, answer.body) == (503, "")
    assert '<Error code="3200">' in (await caller.query(TERMS)).body


async def test_the_token_address_may_fail(caller: Caller, simulator: Simulator) -> None:
    simulator.go_wrong(Mishap("invalid_grant", "token.refresh_token"))
    assert (await caller.refresh()).body["error"] == "invalid_grant"
    assert (await caller.refresh()).status == 200
    assert simulator.count("token.refresh_token") == 2
    assert simulator.count("token.*") == 3


async def test_retry_after_is_told_only_where_wanted(caller: Caller, simulator: Simulator) -> None:
    simulator.go_wrong(Mishap("throttled", retry_after=7))
    simulator.go_wrong(Mishap("throttled"))
    told = [(await caller.query(TERMS)).headers.get("retry-after") for _ in range(2)]
    assert told == ["7", None]


async def test_it_strikes_after_a_while_and_by_chance(caller: Caller, simulator: Simulator) -> None:
    skipping = simulator.go_wrong(Mishap("stale", "query.*", skip=2, times=2))
    statuses = [(await caller.query(TERMS)).status for _ in range(5)]
    assert statuses == [200, 200, 400, 400, 200]
    assert skipping.struck == 2
    by_chance = [Mishap("stale", times=None, probability=0.5, seed=7) for _ in range(2)]
    struck = [[each.strikes("cdc") for _ in range(40)] for each in by_chance]
    assert struck[0] == struck[1]
    assert 0 < sum(struck[0]) < 40


async def test_too_many_requests_are_throttled(
    caller: Caller, simulator: Simulator, clock: MovableClock
) -> None:
    simulator.switches.requests_a_second = 3
    simulator.switches.requests_a_minute = 5
    simulator.switches.retry_after = 60
    simulator.switches.throttled_status = 403
    statuses = [(await caller.query(TERMS)).status for _ in range(4)]
    assert statuses == [200, 200, 200, 403]
    clock.advance(timedelta(seconds=1))
    assert (await caller.query(TERMS)).status == 200
    answer = await caller.query(TERMS)
    assert (answer.status, answer.code, answer.headers["retry-after"]) == (403, "3001", "60")
    clock.advance(timedelta(minutes=1))
    assert (await caller.query(TERMS)).status == 200

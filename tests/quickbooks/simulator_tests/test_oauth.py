"""Connecting, refreshing and losing the connection."""

from datetime import timedelta

import pytest

from tests.quickbooks.simulator import MovableClock, Simulator
from tests.quickbooks.simulator_tests.caller import CALLBACK, Caller

GRANT_LOST = (400, "invalid_grant")


async def test_a_code_is_exchanged_once(caller: Caller) -> None:
    code = caller.code()
    first = await caller.exchange(code)
    second = await caller.exchange(code)
    assert first.status == 200
    assert {**first.body, "access_token": "", "refresh_token": ""} == {
        "token_type": "bearer",
        "access_token": "",
        "expires_in": 3600,
        "refresh_token": "",
        "x_refresh_token_expires_in": 8726400,
    }
    assert (second.status, second.body["error"]) == GRANT_LOST


async def test_a_code_ends_after_ten_minutes(caller: Caller, clock: MovableClock) -> None:
    in_time, late = caller.code(), caller.code()
    clock.advance(timedelta(minutes=9, seconds=59))
    assert (await caller.exchange(in_time)).status == 200
    clock.advance(timedelta(seconds=1))
    assert (await caller.exchange(late)).body["error"] == "invalid_grant"


async def test_a_code_is_bound_to_its_redirect_uri(caller: Caller) -> None:
    answer = await caller.token(
        "authorization_code", code=caller.code(), redirect_uri=f"{CALLBACK}/"
    )
    assert (answer.status, answer.body["error"]) == GRANT_LOST


async def test_an_access_token_lives_an_hour(caller: Caller, clock: MovableClock) -> None:
    clock.advance(timedelta(seconds=3599))
    assert (await caller.query("select * from Term")).status == 200
    clock.advance(timedelta(seconds=1))
    answer = await caller.query("select * from Term")
    assert (answer.status, answer.code) == (401, "3200")
    assert answer.body["time"] == 1773155100000


async def test_an_expired_token_may_be_answered_in_xml(
    caller: Caller, simulator: Simulator
) -> None:
    simulator.grants.expire_access()
    simulator.switches.expired_as_xml = True
    answer = await caller.query("select * from Term")
    assert answer.status == 401
    assert answer.headers["content-type"].startswith("application/xml")
    assert '<Error code="3200">' in answer.body


async def test_a_refresh_token_changes_once_a_day(caller: Caller, clock: MovableClock) -> None:
    clock.advance(timedelta(hours=23))
    same = (await caller.refresh()).body
    assert same["refresh_token"] == caller.refresh_token
    assert same["x_refresh_token_expires_in"] == 8726400 - 23 * 3600
    clock.advance(timedelta(hours=1))
    rotated = (await caller.refresh()).body
    assert rotated["refresh_token"] != caller.refresh_token
    assert rotated["x_refresh_token_expires_in"] == 8726400
    stale = await caller.refresh(caller.refresh_token)
    assert (stale.status, stale.body["error"]) == GRANT_LOST
    assert (await caller.refresh(rotated["refresh_token"])).status == 200


async def test_a_stale_refresh_token_may_end_the_grant(
    caller: Caller, simulator: Simulator
) -> None:
    simulator.switches.rotate_always = True
    simulator.switches.stale_refresh_revokes = True
    rotated = (await caller.refresh()).body
    assert (await caller.refresh(caller.refresh_token)).status == 400
    answer = await caller.refresh(rotated["refresh_token"])
    assert (answer.status, answer.body["error"]) == GRANT_LOST


async def test_a_refresh_token_ends_after_101_days(caller: Caller, clock: MovableClock) -> None:
    clock.advance(timedelta(days=101))
    assert (await caller.refresh()).body["error"] == "invalid_grant"


async def test_the_hard_end_is_told_on_request(caller: Caller) -> None:
    answer = await caller.http.post(
        "/oauth2/v1/tokens/bearer",
        data={"grant_type": "refresh_token", "refresh_token": caller.refresh_token},
        auth=("remit", "simulated-secret"),
        headers={"x-include-refresh-token-hard-expires-in": "true"},
    )
    assert answer.json()["x_refresh_token_hard_expires_in"] == 5 * 365 * 86400


@pytest.mark.parametrize("token", ["access_token", "refresh_token"])
async def test_revoking_either_token_ends_the_connection(caller: Caller, token: str) -> None:
    answer = await caller.http.post(
        "/oauth2/revoke",
        json={"token": getattr(caller, token)},
        auth=("remit", "simulated-secret"),
    )
    assert answer.status_code == 200
    assert (await caller.query("select * from Term")).code == "3200"
    assert (await caller.refresh()).body["error"] == "invalid_grant"


async def test_a_disconnect_inside_quickbooks_ends_it_at_once(
    caller: Caller, simulator: Simulator
) -> None:
    simulator.disconnect()
    assert (await caller.query("select * from Term")).status == 401
    assert (await caller.refresh()).body["error"] == "invalid_grant"


async def test_a_token_reaches_only_its_own_company(caller: Caller, simulator: Simulator) -> None:
    simulator.add_company("77", "Other")
    caller.realm = "77"
    answer = await caller.query("select * from Term")
    assert (answer.status, answer.code) == (403, "3100")


async def test_a_wrong_secret_is_refused(caller: Caller) -> None:
    answer = await caller.http.post(
        "/oauth2/v1/tokens/bearer",
        data={"grant_type": "refresh_token", "refresh_token": caller.refresh_token},
        auth=("remit", "wrong"),
    )
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_a_person_connects_or_cancels_on_a_page(caller: Caller) -> None:
    url = caller.authorize_url()
    page = await caller.http.get(url)
    assert "Connect Demo Freight Books" in page.text
    connected = await caller.http.post(url, data={"realm": caller.realm})
    location = connected.headers["location"]
    assert connected.status_code == 302
    assert location.startswith(f"{CALLBACK}?state=kept&code=")
    assert location.endswith(f"&realmId={caller.realm}")
    cancelled = await caller.http.post(url, data={"deny": "1"})
    assert cancelled.headers["location"] == f"{CALLBACK}?state=kept&error=access_denied"


@pytest.mark.parametrize("wrong", ["client_id", "response_type", "scope"])
async def test_a_wrong_authorization_shows_an_error_page(caller: Caller, wrong: str) -> None:
    page = await caller.http.get(caller.authorize_url(**{wrong: "x"}))
    assert page.status_code == 400
    assert "not set up correctly" in page.text

"""What Intuit may answer where it is asked for tokens."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from quickbooks.errors import Retryable
from quickbooks.oauth import Grant, InvalidGrant, OAuth, authorize_url
from quickbooks.options import Options
from quickbooks.vault import Tokens

OPTIONS = Options(
    client_id="remit",
    client_secret="the-secret",
    redirect_url="https://remit.example/quickbooks/callback",
)
GOOD: dict[str, Any] = {
    "token_type": "bearer",
    "access_token": "eyJ-access",
    "refresh_token": "RT1-refresh",
    "expires_in": 3600,
    "x_refresh_token_expires_in": 8726400,
    "x_refresh_token_hard_expires_in": 7200,
}


def oauth(answer: httpx2.Response | Callable[[httpx2.Request], httpx2.Response]) -> OAuth:
    def answered(request: httpx2.Request) -> httpx2.Response:
        return answer if isinstance(answer, httpx2.Response) else answer(request)

    return OAuth(httpx2.AsyncClient(transport=httpx2.MockTransport(answered)), OPTIONS)


def test_a_person_is_sent_to_intuit_with_what_it_needs() -> None:
    url = urlsplit(authorize_url(OPTIONS, "1-state"))
    assert (url.scheme, url.netloc, url.path) == (
        "https",
        "appcenter.intuit.com",
        "/connect/oauth2",
    )
    assert parse_qs(url.query) == {
        "client_id": ["remit"],
        "response_type": ["code"],
        "scope": ["com.intuit.quickbooks.accounting"],
        "redirect_uri": ["https://remit.example/quickbooks/callback"],
        "state": ["1-state"],
    }


async def test_tokens_are_asked_for_by_form_and_basic_authentication() -> None:
    asked: list[httpx2.Request] = []

    def note(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, json=GOOD)

    # The end that comes first.
    expected = Grant(
        Tokens("eyJ-access", "RT1-refresh"), timedelta(hours=1), timedelta(seconds=7200)
    )
    assert await oauth(note).exchange("code&1") == expected
    assert await oauth(note).refresh("RT1-old") == expected
    assert [parse_qs(request.content.decode()) for request in asked] == [
        {
            "grant_type": ["authorization_code"],
            "code": ["code&1"],
            "redirect_uri": [OPTIONS.redirect_url],
        },
        {"grant_type": ["refresh_token"], "refresh_token": ["RT1-old"]},
    ]
    for request in asked:
        assert request.headers["authorization"] == "Basic cmVtaXQ6dGhlLXNlY3JldA=="
        assert request.headers["accept"] == "application/json"
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"
        assert request.headers["x-include-refresh-token-hard-expires-in"] == "true"


@pytest.mark.parametrize(
    "wrong",
    [
        {"access_token": ""},
        {"access_token": None},
        {"access_token": "two words"},
        {"access_token": "line\r\nx: y"},
        {"access_token": "é"},
        {"refresh_token": 7},
        {"refresh_token": "x" * 9000},
        {"expires_in": 0},
        {"expires_in": True},
        {"expires_in": "3600"},
        {"expires_in": 10**12},
    ],
)
async def test_an_answer_that_is_no_grant_is_not_taken_for_one(wrong: dict[str, Any]) -> None:
    with pytest.raises(Retryable, match="something unexpected"):
        await oauth(httpx2.Response(200, json={**GOOD, **wrong})).refresh("RT1-old")


async def test_how_long_a_refresh_token_lasts_need_not_be_told() -> None:
    answer = {**GOOD, "x_refresh_token_expires_in": None, "x_refresh_token_hard_expires_in": "x"}
    assert (await oauth(httpx2.Response(200, json=answer)).refresh("a")).refresh_lasts is None


@pytest.mark.parametrize(
    ("answer", "kind", "message"),
    [
        (httpx2.Response(400, json={"error": "invalid_grant"}), InvalidGrant, ""),
        (httpx2.Response(400, json={"error": "invalid_request"}), Retryable, "no answer (400)"),
        (httpx2.Response(500, json={"error": "invalid_grant"}), Retryable, "no answer (500)"),
        (httpx2.Response(502, html="<html>RT1-old</html>"), Retryable, "no answer (502)"),
        (httpx2.Response(200, html="<html></html>"), Retryable, "something unexpected"),
        (httpx2.Response(200, json=[]), Retryable, "something unexpected"),
        (httpx2.Response(302, headers={"location": "http://e"}), Retryable, "no answer (302)"),
        (httpx2.Response(401, json={"error": "invalid_client"}), Retryable, "CLIENT_SECRET"),
        (httpx2.Response(400, json={"error": "invalid_client"}), Retryable, "CLIENT_SECRET"),
    ],
)
async def test_a_refusal_is_told_from_an_outage_and_shows_no_secret(
    answer: httpx2.Response, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as raised:
        await oauth(answer).refresh("RT1-old")
    assert message in str(raised.value)
    for secret in ("RT1-old", "the-secret", "cmVtaXQ6"):
        assert secret not in repr(raised.value)


async def test_what_is_revoked_already_is_as_good_as_revoked() -> None:
    await oauth(httpx2.Response(200)).revoke("RT1-old")
    await oauth(httpx2.Response(400, json={"error": "invalid_request"})).revoke("RT1-old")
    for status in (401, 500):
        with pytest.raises(Retryable):
            await oauth(httpx2.Response(status)).revoke("RT1-old")

"""What a company's API may answer, good or bad, and what becomes of it."""

import json
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from quickbooks.client import Company, quoted, written
from quickbooks.errors import (
    Gone,
    NameTaken,
    NeedsReconnect,
    NumberTaken,
    QuickBooksError,
    Rejected,
    Retryable,
    Stale,
)
from quickbooks.options import Options
from quickbooks.pace import Pace
from tests.conftest import NOW

OPTIONS = Options(
    client_id="remit",
    client_secret="secret",
    redirect_url="http://test",
    api_url="http://quickbooks",
    timeout_seconds=5,
)
TID = {"intuit_tid": "1-abc"}
XML_401 = (
    '<?xml version="1.0"?><IntuitResponse><Fault type="AUTHENTICATION"><Error code="3200"/></Fault>'
)


def company(
    answer: Callable[[httpx2.Request], httpx2.Response] | httpx2.Response, pace: Pace | None = None
) -> Company:
    """One whose API answers this to everything."""

    async def token(refused: str | None) -> str:
        return "first" if refused is None else "second"

    def answered(request: httpx2.Request) -> httpx2.Response:
        return answer if isinstance(answer, httpx2.Response) else answer(request)

    http = httpx2.AsyncClient(transport=httpx2.MockTransport(answered))
    return Company(http, OPTIONS, "123", token, pace or Pace(lambda: NOW))


def fault(code: str, detail: str = "Too bad", status: int = 400) -> httpx2.Response:
    body = {"Fault": {"Error": [{"Message": "No", "Detail": detail, "code": code}]}, "time": "x"}
    return httpx2.Response(status, text=json.dumps(body), headers=TID)


def gateway_fault(code: str, status: int) -> httpx2.Response:
    body = {"fault": {"error": [{"message": "m", "detail": "d", "code": code}], "type": "SERVICE"}}
    return httpx2.Response(status, json=body, headers=TID)


def page(**block: Any) -> httpx2.Response:
    return httpx2.Response(200, content=written({"QueryResponse": block}), headers=TID)


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (fault("610"), Gone, "610"),
        (fault("5010"), Stale, "5010"),
        (fault("6140"), NumberTaken, "6140"),
        (fault("6240"), NameTaken, "6240"),
        (fault("6000"), Rejected, "6000"),
        (fault("99999"), Rejected, "99999"),
        (fault("6190"), NeedsReconnect, "6190"),
        (gateway_fault("003100", 403), NeedsReconnect, "3100"),
        (gateway_fault("003001", 429), Retryable, "3001"),
        (gateway_fault("3001", 403), Retryable, "3001"),
        (gateway_fault("3200", 401), Retryable, "3200"),
        (fault("10000", status=500), Retryable, "10000"),
        (fault("610", status=503), Retryable, "610"),
        (httpx2.Response(401, text=XML_401, headers=TID), Retryable, "3200"),
        (httpx2.Response(502, html="<html>Bad Gateway</html>", headers=TID), Retryable, None),
        (httpx2.Response(403, html="<html>Forbidden</html>", headers=TID), Retryable, None),
        (httpx2.Response(302, headers={**TID, "location": "http://else"}), Retryable, None),
        (httpx2.Response(400, json={"Fault": {"Error": []}}, headers=TID), Retryable, None),
        (httpx2.Response(400, json={"Fault": {"Error": [7]}}, headers=TID), Retryable, None),
        (httpx2.Response(400, json=["Fault"], headers=TID), Retryable, None),
    ],
)
async def test_faults_are_told_apart_by_code_and_keep_their_trace(
    answer: httpx2.Response, kind: type[QuickBooksError], code: str | None
) -> None:
    with pytest.raises(QuickBooksError) as raised:
        await company(answer).read("Invoice", "145")
    assert (type(raised.value), raised.value.code) == (kind, code)
    assert raised.value.intuit_tid == "1-abc"


@pytest.mark.parametrize(
    "body",
    [
        b"<html>All is well</html>",
        b"",
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b"{}",
        b'{"Invoice": null}',
        b'{"Invoice": [{"Id": "1"}]}',
        b'{"Invoice": {"TotalAmt": NaN}}',
        b'{"Invoice": {"TotalAmt": -Infinity}}',
        b'{"a":' * 100_000,
        b'{"Invoice": {"TotalAmt": ' + b"9" * 5000 + b"}}",
    ],
    ids=range(12),
)
async def test_a_success_that_says_something_else_is_no_answer(body: bytes) -> None:
    answer = httpx2.Response(200, content=body, headers=TID)
    with pytest.raises(Retryable, match="something unexpected") as raised:
        await company(answer).read("Invoice", "145")
    assert raised.value.intuit_tid == "1-abc"


@pytest.mark.parametrize(
    "feed",
    [
        '"CDCResponse": [], "time": "2026-03-10T07:05:00-07:00"',
        '"CDCResponse": [{"QueryResponse": {}}], "time": "2026-03-10T07:05:00Z"',
        '"CDCResponse": [{"QueryResponse": ["x"]}], "time": "2026-03-10T07:05:00Z"',
        '"CDCResponse": [{"QueryResponse": [{"Payment": {}}]}], "time": "2026-03-10T07:05:00Z"',
        '"CDCResponse": [{"QueryResponse": [{"Payment": [1]}]}], "time": "2026-03-10T07:05:00Z"',
        '"CDCResponse": [{"QueryResponse": []}]',
        '"CDCResponse": [{"QueryResponse": []}], "time": "2026-03-10T07:05:00"',
        '"CDCResponse": [{"QueryResponse": []}], "time": "0001-01-01T00:00:00+14:00"',
        '"CDCResponse": [{"QueryResponse": []}], "time": 1773151500000',
    ],
)
async def test_a_feed_of_another_shape_or_without_a_time_moves_nothing(feed: str) -> None:
    answer = httpx2.Response(200, text=f"{{{feed}}}", headers=TID)
    with pytest.raises(Retryable, match="something unexpected") as raised:
        await company(answer).changes(["Payment"], NOW)
    assert raised.value.intuit_tid == "1-abc"


async def test_changes_are_by_entity_and_tell_which_are_more_than_fit() -> None:
    asked: list[httpx2.URL] = []
    blocks = [
        {"Payment": [{"Id": "1"}, {"Id": "2"}], "totalCount": 3, "startPosition": 1},
        {},
        {"Invoice": [{"Id": "3"}], "totalCount": "many"},
    ]

    def feed(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url)
        body = {"CDCResponse": [{"QueryResponse": blocks}], "time": "2026-03-10T07:05:01.5-07:00"}
        return httpx2.Response(200, json=body)

    found = await company(feed).changes(["Payment", "Invoice", "CreditMemo"], NOW)
    assert {name: [row["Id"] for row in rows] for name, rows in found.rows.items()} == {
        "Payment": ["1", "2"],
        "Invoice": ["3"],
        "CreditMemo": [],
    }
    assert found.overflown == {"Payment"}
    assert found.at == datetime(2026, 3, 10, 14, 5, 1, 500_000, tzinfo=UTC)
    # With an offset: without one QuickBooks takes it for a time in California.
    assert asked[0].params["changedSince"] == "2026-03-10T14:05:00+00:00"


async def test_amounts_are_exact_both_ways() -> None:
    sent: list[bytes] = []

    def echo(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.content)
        return httpx2.Response(200, content=b'{"Invoice": %b}' % request.content)

    values = {"TotalAmt": Decimal("90071992547409.93"), "Qty": Decimal("1E+1"), "Id": "é\u2028"}
    row = await company(echo).update("Invoice", values)
    assert sent == ['{"TotalAmt":90071992547409.93,"Qty":10,"Id":"é\u2028"}'.encode()]
    assert row == {"TotalAmt": Decimal("90071992547409.93"), "Qty": 10, "Id": "é\u2028"}


async def test_a_query_without_rows_answers_none_and_unknown_fields_do_no_harm() -> None:
    assert await company(page()).query("Customer", "") == []
    rows = await company(page(Customer=[{"Id": "1", "New": {"x": [1]}}], more=[])).query(
        "Customer", ""
    )
    assert rows == [{"Id": "1", "New": {"x": [1]}}]


async def test_an_answer_without_end_is_broken_off() -> None:
    pieces_read = 0

    async def endless() -> AsyncGenerator[bytes]:
        nonlocal pieces_read
        while True:
            pieces_read += 1
            yield b" " * 2**20

    answer = httpx2.Response(200, content=endless(), headers=TID)
    with pytest.raises(Retryable, match="answered too much") as raised:
        await company(answer).read("Invoice", "145")
    assert (pieces_read, raised.value.intuit_tid) == (21, "1-abc")


async def test_the_holder_of_a_number_is_read_in_any_language() -> None:
    tail = "DocNumber=INVOICE-12 is assigned to TxnType=Invoice with TxnId=145"
    with pytest.raises(NumberTaken) as raised:
        await company(fault("6140", f"Numéro en double : {tail}")).read("Invoice", "1")
    assert raised.value.quickbooks_id == "145"
    with pytest.raises(NumberTaken) as raised:
        await company(fault("6140", tail.replace("Invoice", "Estimate"))).read("Invoice", "1")
    assert raised.value.quickbooks_id is None


async def test_words_of_quickbooks_are_one_short_line_that_any_database_takes() -> None:
    with pytest.raises(Rejected) as raised:
        await company(fault("6000", "a\x00b\n\ud800 c" + "x" * 500)).read("Invoice", "1")
    assert raised.value.message == "QuickBooks refused it: a b c" + "x" * 295


async def test_a_refused_token_is_replaced_once() -> None:
    tokens: list[str] = []

    def picky(request: httpx2.Request) -> httpx2.Response:
        tokens.append(request.headers["authorization"])
        if tokens[-1] == "Bearer first":
            return httpx2.Response(401, text=XML_401)
        return httpx2.Response(200, content=b'{"Invoice": {"Id": "145"}}')

    assert await company(picky).read("Invoice", "145") == {"Id": "145"}
    assert tokens == ["Bearer first", "Bearer second"]


async def test_what_is_asked_for_stays_one_part_of_the_address() -> None:
    asked: list[bytes] = []

    def note(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.raw_path)
        return httpx2.Response(200, content=b'{"Invoice": {"Id": "145"}}')

    await company(note).read("Invoice", "../../9/invoice/1?x=1")
    assert asked == [b"/v3/company/123/invoice/..%2F..%2F9%2Finvoice%2F1%3Fx%3D1?minorversion=75"]
    assert quoted("O'Neil \\ Sons") == r"'O\'Neil \\ Sons'"


async def test_throttled_it_is_let_alone_for_as_long_as_it_wants() -> None:
    now = NOW
    requests = 0

    def throttled(_request: httpx2.Request) -> httpx2.Response:
        nonlocal requests
        requests += 1
        return httpx2.Response(429, headers={"retry-after": "20"})

    throttling = company(throttled, Pace(lambda: now))
    pauses: list[int] = []
    for passed in (0, 0, 15, 20):
        now = NOW + timedelta(seconds=passed)
        with pytest.raises(Retryable) as raised:
            await throttling.read("Invoice", "1")
        pauses.append((raised.value.pause or timedelta()).seconds)
    assert (pauses, requests) == ([20, 20, 5, 20], 2)


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [("7", 7), ("99999999999", 3600), ("soon", 60), ("-1", 60), ("", 60)],
)
async def test_how_long_it_wants_to_be_let_alone(retry_after: str, seconds: int) -> None:
    answer = httpx2.Response(429, headers={"retry-after": retry_after})
    with pytest.raises(Retryable) as raised:
        await company(answer).read("Invoice", "1")
    assert raised.value.pause == timedelta(seconds=seconds)


async def test_json_is_written_for_what_money_is_only() -> None:
    with pytest.raises(TypeError):
        written({"at": Decimal})
    assert json.loads(written({"a": [Decimal("-0.10")]}), parse_float=str) == {"a": ["-0.10"]}

"""Page arguments that mean nothing: refused by name, in few words."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.boards import Boards

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGE = """query (
    $orderBy: [InvoiceOrder!], $first: Int, $after: String, $last: Int, $before: String
) {
    invoices(orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
        edges { cursor }
    }
}"""
LISTS = {
    "customers": "query ($after: String) { page: customers(after: $after) { totalCount } }",
    "orders": "query ($after: String) { page: orders(after: $after) { totalCount } }",
    "payments": "query ($after: String) { page: payments(after: $after) { totalCount } }",
    "nested invoices": """query ($after: String) { customers { nodes {
        invoices(after: $after) { totalCount }
    } } }""",
    "activity": """query ($after: String) { invoices { nodes {
        activity(after: $after) { totalCount }
    } } }""",
}


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode()


def check_refusal(error: dict[str, Any], *words: str) -> None:
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert len(error["message"]) < 100
    for word in words:
        assert word in error["message"]


async def a_cursor(boards: Boards, **arguments: object) -> str:
    answer = await boards.execute(PAGE, **arguments, first=1)
    return answer["invoices"]["edges"][0]["cursor"]


@pytest.mark.parametrize("name", ["first", "last"])
@pytest.mark.parametrize("size", [0, -1, 101, 2**31 - 1])
async def test_size_out_of_range(boards: Boards, name: str, size: int) -> None:
    check_refusal(await boards.refused(PAGE, **{name: size}), name, "100")


async def test_first_and_last_together(boards: Boards) -> None:
    check_refusal(await boards.refused(PAGE, first=1, last=1), "first", "last")


async def test_four_order_keys(boards: Boards) -> None:
    order = [{"field": "total"}] * 4
    check_refusal(await boards.refused(PAGE, orderBy=order), "3")


async def test_null_is_as_absent(boards: Boards) -> None:
    nulls = dict.fromkeys(("orderBy", "first", "after", "last", "before"))

    assert await boards.execute(PAGE, **nulls) == await boards.execute(PAGE)
    assert await boards.execute(PAGE, last=3, first=None) == await boards.execute(PAGE, last=3)


@pytest.mark.parametrize(
    "order",
    [
        [{"field": "createdAt", "direction": "asc"}],
        [{"field": "invoiceDate", "direction": "desc"}],
        [{"field": "createdAt", "direction": "desc"}, {"field": "total"}],
    ],
)
@pytest.mark.parametrize("argument", ["after", "before"])
async def test_cursor_of_another_order(
    boards: Boards, order: list[dict[str, str]], argument: str
) -> None:
    cursor = await a_cursor(boards)

    error = await boards.refused(PAGE, orderBy=order, **{argument: cursor})

    check_refusal(error, "another list or another order")


@pytest.mark.parametrize("name", LISTS)
async def test_cursor_of_another_list(boards: Boards, name: str) -> None:
    error = await boards.refused(LISTS[name], after=await a_cursor(boards))

    check_refusal(error, "another list or another order")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "garbage",
        "é",
        "!!!!",
        "x" * 50_000,
        encoded("Query.invoices createdAt desc"),
        encoded({}),
        encoded([]),
        encoded([[1], 1]),
        encoded(None),
        base64.urlsafe_b64encode(b"[" * 2_900).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        "0",
        "-5",
    ],
    ids=lambda cursor: cursor[:12],
)
async def test_text_that_is_no_cursor(boards: Boards, cursor: str) -> None:
    for argument in ("after", "before"):
        check_refusal(await boards.refused(PAGE, **{argument: cursor}), "not a cursor")


SPELLINGS: dict[str, Callable[[str], str]] = {
    "padded": lambda cursor: cursor + "=",
    "longer": lambda cursor: cursor + "A",
    "blank before": lambda cursor: " " + cursor,
    "line end": lambda cursor: cursor + "\n",
    "blank within": lambda cursor: unpadded(plain(cursor).replace(b",", b", ")),
    "value too many": lambda cursor: unpadded(plain(cursor).replace(b"]", b",1]")),
    "value too few": lambda cursor: unpadded(plain(cursor).rpartition(b",")[0] + b"]"),
}


def plain(cursor: str) -> bytes:
    return base64.urlsafe_b64decode(cursor + "==")


def unpadded(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def with_value(cursor: str, place: int, value: object) -> str:
    values = json.loads(plain(cursor))
    values[place] = value
    return unpadded(json.dumps(values, separators=(",", ":")).encode())


@pytest.mark.parametrize("name", SPELLINGS)
async def test_other_spelling_of_a_cursor(boards: Boards, name: str) -> None:
    cursor = SPELLINGS[name](await a_cursor(boards))

    check_refusal(await boards.refused(PAGE, after=cursor), "cursor")


async def test_cursor_put_together_alike_is_the_same(boards: Boards) -> None:
    """What the tests above change one thing of."""
    cursor = await a_cursor(boards)

    assert with_value(cursor, 2, json.loads(plain(cursor))[2]) == cursor


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", 2**63),
        ("total", 10**400),
        ("total", 1.5),
        ("total", True),
        ("total", "1"),
        ("total", ["x"]),
        ("total", {"x": 1}),
        ("total", None),
        ("status", 7),
        ("status", "overdue"),
        ("status", ""),
        ("sentAt", "2026-02-30"),
        ("sentAt", "20260101"),
        ("sentAt", "2026-W01-1"),
        ("sentAt", 5),
        ("createdAt", 5),
        ("createdAt", "yesterday"),
        ("createdAt", "2026-03-10"),
        ("createdAt", "2026-03-10T14:05:00.000"),
        ("createdAt", "2026-03-10T14:05:00.000+01:00"),
        ("createdAt", "0001-01-01T00:00:00.000+23:59"),
        ("createdAt", "9999-12-31T23:59:59.999-23:59"),
        ("createdAt", None),
        ("customerName", 5),
        ("customerName", "a\0b"),
        ("customerName", "\ud800"),
        ("customerName", None),
        ("fullId", "INVOICE-1"),
    ],
    ids=repr,
)
async def test_value_of_another_kind_in_a_cursor(boards: Boards, field: str, value: object) -> None:
    order = [{"field": field}]
    cursor = with_value(await a_cursor(boards, orderBy=order), 1, value)

    check_refusal(await boards.refused(PAGE, orderBy=order, after=cursor), "not a cursor")


@pytest.mark.parametrize("value", [None, 7, "a\0b", "\ud800"], ids=repr)
async def test_id_of_another_kind_in_a_cursor(boards: Boards, value: object) -> None:
    cursor = with_value(await a_cursor(boards), 2, value)

    check_refusal(await boards.refused(PAGE, after=cursor), "not a cursor")

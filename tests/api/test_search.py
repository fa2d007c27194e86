"""Search against its definition in Python, over the same rows."""

import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.tables import Customer, Invoice, Order, Payment
from tests.boards import SEED, Boards
from tests.random_rows import NAMES, NOTES, REFERENCES, Rows, random_rows

pytestmark = pytest.mark.asyncio(loop_scope="session")

Texts = list[str | None]

ROWS: Rows = random_rows(1, SEED)
CUSTOMERS = {customer.id: customer for customer in ROWS.customers}
INVOICES = {invoice.id: invoice for invoice in ROWS.invoices}
ORDERS = {order.id: order for order in ROWS.orders}

QUERIES = {
    name: f"""query ($filter: {kind}) {{
        {name}(filter: $filter, first: 100) {{ totalCount nodes {{ id }} }}
    }}"""
    for name, kind in {
        "customers": "CustomerFilter",
        "orders": "OrderFilter",
        "invoices": "InvoiceFilter",
        "payments": "PaymentFilter",
    }.items()
}


def of_customer(customer: Customer) -> Texts:
    return [customer.full_id, customer.name]


def of_order(order: Order) -> Texts:
    own = [order.full_id, order.po_number, order.ref_number]
    return [*own, *of_customer(CUSTOMERS[order.customer_id])]


def of_invoice(invoice: Invoice) -> Texts:
    texts: Texts = [invoice.full_id, invoice.notes, *of_customer(CUSTOMERS[invoice.customer_id])]
    for link in ROWS.links:
        if link.invoice_id == invoice.id and link.released_at is None:
            texts += of_order(ORDERS[link.order_id])
    for payment in ROWS.payments:
        if payment.invoice_id == invoice.id:
            texts += [payment.reference_number, payment.notes]
    return texts


def of_payment(payment: Payment) -> Texts:
    invoice = INVOICES[payment.invoice_id]
    own = [payment.reference_number, payment.notes, invoice.full_id, invoice.notes]
    return [*own, *of_customer(CUSTOMERS[payment.customer_id])]


TEXTS: dict[str, dict[str, Texts]] = {
    "customers": {row.id: of_customer(row) for row in ROWS.customers},
    "orders": {row.id: of_order(row) for row in ROWS.orders},
    "invoices": {row.id: of_invoice(row) for row in ROWS.invoices},
    "payments": {row.id: of_payment(row) for row in ROWS.payments},
}


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text.casefold())


def has_word(texts: Texts, beginning: str) -> bool:
    """Signs are text, and what comes after a sign is a word as well."""
    for text in texts:
        for word in fold(text or "").split():
            starts = [
                place
                for place in range(1, len(word))
                if word[place].isalnum() and not word[place - 1].isalnum()
            ]
            if any(word[place:].startswith(beginning) for place in (0, *starts)):
                return True
    return False


def found(name: str, search: str) -> set[str]:
    beginnings = fold(search).split()
    return {
        row_id
        for row_id, texts in TEXTS[name].items()
        if all(has_word(texts, beginning) for beginning in beginnings)
    }


async def check(boards: Boards, name: str, search: str) -> None:
    expected = found(name, search)

    page = (await boards.execute(QUERIES[name], filter={"search": search}))[name]

    assert page["totalCount"] == len(expected)
    shown = {node["id"] for node in page["nodes"]}
    assert shown == expected if len(expected) <= 100 else shown < expected


def pieces() -> Iterable[str]:
    """Every word, and every piece of it from a sign or a letter on."""
    full_ids = [f"{kind}-{number}" for kind in ("INVOICE", "ORDER", "CUST") for number in (1, 12)]
    for text in (*NAMES, *NOTES, *REFERENCES, *full_ids):
        for word in (text or "").split():
            yield from (word[start : start + 3] for start in range(len(word)))
            yield from (word[:stop] for stop in range(1, len(word) + 1))


WORDS = st.sampled_from(sorted(set(pieces())))
CASES = st.sampled_from([str.upper, str.lower, str.title, str.swapcase])
SEARCHES = st.lists(st.tuples(WORDS, CASES).map(lambda drawn: drawn[1](drawn[0])), max_size=3)


@pytest.mark.parametrize("name", QUERIES)
@settings(max_examples=50)
@given(words=SEARCHES, blank=st.sampled_from([" ", "  ", "\t", "\n", "\N{NO-BREAK SPACE}"]))
@example(words=[], blank=" ")
@example(words=["", ""], blank=" ")
async def test_every_word_begins_a_word(
    boards: Boards, name: str, words: list[str], blank: str
) -> None:
    await check(boards, name, blank.join(words))


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize(
    "sign",
    ["%", "_", "*", "'", '"', "\\", "-", "' OR 1=1 --", "%%", "a%", "?", ":x", "$1", "[a-z]"],
)
async def test_sign_is_text(boards: Boards, name: str, sign: str) -> None:
    await check(boards, name, sign)


@pytest.mark.parametrize(
    ("search", "count"),
    [
        ("ACME", 3),
        ("aCmE fReIgHt", 3),
        ("ärger", 2),
        ("ÄRGER SÖHNE", 2),
        ("A\N{COMBINING DIAERESIS}rger", 2),
        ("strasse", 2),
        ("STRAẞE", 2),
        ("école", 1),
        ("ÉCOLE", 1),
        ("transport", 1),
        ("o'brien", 1),
        ("brien", 1),
        ("100%", 1),
        ("1000%", 0),
        ("(nord)", 1),
        ("ord", 0),
        ("freight acme", 3),
        ("acme zebra", 0),
        ("cust-1", 1),
        ("cust-", 9),
        ("", 9),
    ],
)
async def test_customers_are_found(boards: Boards, search: str, count: int) -> None:
    answer = await boards.execute(QUERIES["customers"], filter={"search": search})

    assert answer["customers"]["totalCount"] == count


@pytest.mark.parametrize("name", QUERIES)
async def test_search_within_other_conditions(boards: Boards, name: str) -> None:
    null = await boards.execute(QUERIES[name], filter={"search": None})
    blank = await boards.execute(QUERIES[name], filter={"search": "   "})

    assert null == blank == await boards.execute(QUERIES[name])


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("search", ["x" * 201, "a b c d e f g h i j k", "x" * 100_000])
async def test_too_much_to_search_for_is_refused(boards: Boards, name: str, search: str) -> None:
    error = await boards.refused(QUERIES[name], filter={"search": search})

    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"] == "A search has at most 10 words and 200 characters"


@pytest.mark.parametrize("search", ["x" * 200, "a b c d e f g h i j", "a b " * 50])
async def test_as_much_as_is_allowed(boards: Boards, search: str) -> None:
    await check(boards, "invoices", search)

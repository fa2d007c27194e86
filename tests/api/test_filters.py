"""Every filter, alone and together, against the same condition in Python over the same rows."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.tables import Customer, Invoice, Order
from domain.invoice import InvoiceStatus
from domain.payment import PaymentMethod, PaymentSource
from domain.terms import PaymentTerms
from tests.boards import SEED, Boards
from tests.conftest import TODAY
from tests.random_rows import CENTS, DAYS, Rows, random_rows
from tests.relay import amount

pytestmark = pytest.mark.asyncio(loop_scope="session")

# What is asked for, and what it means for a row.
Filter = dict[str, Any]
Means = Callable[[Any, Any], bool]

ROWS: Rows = random_rows(1, SEED)
LIVE_LINKS = [link for link in ROWS.links if link.released_at is None]

DAY = st.sampled_from(DAYS).map(lambda days: TODAY + timedelta(days=days))
SUM = st.sampled_from([amount(cents) for cents in CENTS]) | st.decimals(
    -1, 3_000, places=2, allow_nan=False
)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def some_of(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.lists(st.sampled_from(values), max_size=3)


def ids_of(rows: list[Any], noun: str) -> st.SearchStrategy[Any]:
    """Some ids, with one that is nobody's among them."""
    return some_of([*(row.id for row in rows), f"{noun}_nobody", "", "%"])


DAYS_FROM_TO = st.fixed_dictionaries({}, optional={"from": maybe(DAY), "to": maybe(DAY)})
SUMS_MIN_MAX = st.fixed_dictionaries({}, optional={"min": maybe(SUM), "max": maybe(SUM)})


def one_of(attribute: str) -> Means:
    return lambda row, values: getattr(row, attribute) in values


def in_days(attribute: str) -> Means:
    return lambda row, limits: _is_within(getattr(row, attribute), limits, "from", "to")


def in_sums(attribute: str) -> Means:
    return lambda row, limits: _is_within(amount(getattr(row, attribute)), limits, "min", "max")


def _is_within(value: Any, limits: Filter, low: str, high: str) -> bool:
    least, most = limits.get(low), limits.get(high)
    if value is None:
        return least is None and most is None
    return (least is None or value >= least) and (most is None or value <= most)


def is_overdue(invoice: Invoice, wanted: bool) -> bool:
    is_receivable = invoice.status is not InvoiceStatus.CREATED
    is_owed = invoice.outstanding_balance_cents > 0
    return (is_receivable and is_owed and invoice.due_date < TODAY) is wanted


def has_outstanding_balance(customer: Customer, wanted: bool) -> bool:
    return wanted is any(
        invoice.outstanding_balance_cents > 0
        for invoice in ROWS.invoices
        if invoice.customer_id == customer.id and invoice.status is not InvoiceStatus.CREATED
    )


def is_invoiced(order: Order, wanted: bool) -> bool:
    return any(link.order_id == order.id for link in LIVE_LINKS) is wanted


INVOICES: dict[str, tuple[st.SearchStrategy[Any], Means]] = {
    "status": (some_of(list(InvoiceStatus)), one_of("status")),
    "customerId": (ids_of(ROWS.customers, "customer"), one_of("customer_id")),
    "terms": (some_of(list(PaymentTerms)), one_of("terms")),
    "currency": (some_of(["CAD", "USD", "MXN"]), one_of("currency")),
    "invoiceDate": (DAYS_FROM_TO, in_days("invoice_date")),
    "dueDate": (DAYS_FROM_TO, in_days("due_date")),
    "sentAt": (DAYS_FROM_TO, in_days("sent_at")),
    "total": (SUMS_MIN_MAX, in_sums("total_cents")),
    "amountPaid": (SUMS_MIN_MAX, in_sums("amount_paid_cents")),
    "outstandingBalance": (SUMS_MIN_MAX, in_sums("outstanding_balance_cents")),
    "isOverdue": (st.booleans(), is_overdue),
}
CUSTOMERS: dict[str, tuple[st.SearchStrategy[Any], Means]] = {
    "hasOutstandingBalance": (st.booleans(), has_outstanding_balance),
}
ORDERS: dict[str, tuple[st.SearchStrategy[Any], Means]] = {
    "customerId": (ids_of(ROWS.customers, "customer"), one_of("customer_id")),
    "isInvoiced": (st.booleans(), is_invoiced),
}
PAYMENTS: dict[str, tuple[st.SearchStrategy[Any], Means]] = {
    "invoiceId": (ids_of(ROWS.all_invoices, "invoice"), one_of("invoice_id")),
    "customerId": (ids_of(ROWS.customers, "customer"), one_of("customer_id")),
    "source": (some_of(list(PaymentSource)), one_of("source")),
    "method": (some_of(list(PaymentMethod)), one_of("method")),
    "paymentDate": (DAYS_FROM_TO, in_days("payment_date")),
    "batchId": (
        st.sampled_from(["batch_1", "batch_2", "batch_9", ""]),
        lambda payment, batch_id: payment.batch_id == batch_id,
    ),
}
LISTS: dict[str, tuple[str, list[Any], dict[str, tuple[st.SearchStrategy[Any], Means]]]] = {
    "invoices": ("InvoiceFilter", ROWS.invoices, INVOICES),
    "customers": ("CustomerFilter", ROWS.customers, CUSTOMERS),
    "orders": ("OrderFilter", ROWS.orders, ORDERS),
    "payments": ("PaymentFilter", ROWS.payments, PAYMENTS),
}


async def check(boards: Boards, name: str, wanted: Filter | None) -> None:
    kind, rows, fields = LISTS[name]
    query = f"""query ($filter: {kind}) {{
        {name}(filter: $filter, first: 100) {{ totalCount nodes {{ id }} }}
    }}"""
    answer = await boards.execute(query, filter=wanted)
    expected = {
        row.id
        for row in rows
        if all(
            fields[field][1](row, value)
            for field, value in (wanted or {}).items()
            if value is not None
        )
    }
    page = answer[name]
    assert page["totalCount"] == len(expected)
    shown = {node["id"] for node in page["nodes"]}
    assert shown == expected if len(expected) <= 100 else shown < expected


ALONE = [(name, field) for name, (_, _, fields) in LISTS.items() for field in fields]


@pytest.mark.parametrize(("name", "field"), ALONE)
@settings(max_examples=12)
@given(choice=st.data())
async def test_filter_alone(boards: Boards, name: str, field: str, choice: st.DataObject) -> None:
    await check(boards, name, {field: choice.draw(LISTS[name][2][field][0])})


@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=25)
@given(choice=st.data())
async def test_filters_together(boards: Boards, name: str, choice: st.DataObject) -> None:
    fields = LISTS[name][2]
    wanted = st.fixed_dictionaries(
        {}, optional={field: maybe(values) for field, (values, _) in fields.items()}
    )

    await check(boards, name, choice.draw(wanted))


@pytest.mark.parametrize("name", LISTS)
async def test_nothing_asked_matches_all(boards: Boards, name: str) -> None:
    await check(boards, name, None)
    await check(boards, name, {})
    await check(boards, name, dict.fromkeys(LISTS[name][2]))


@pytest.mark.parametrize("name", LISTS)
async def test_empty_list_matches_nothing(boards: Boards, name: str) -> None:
    for field in LISTS[name][2]:
        if field.endswith("Id") and field != "batchId":
            await check(boards, name, {field: []})


async def test_deleted_rows_are_not_found(boards: Boards) -> None:
    deleted = [row.id for row in ROWS.all_invoices if row.deleted_at is not None]
    assert deleted

    await check(boards, "payments", {"invoiceId": deleted})
    answer = await boards.execute("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=deleted)
    assert answer["nodes"] == [None] * len(deleted)


async def test_a_thousand_ids(boards: Boards) -> None:
    ids = [f"customer_{number}" for number in range(1_000)]

    await check(boards, "invoices", {"customerId": [*ids, ROWS.customers[0].id]})


@pytest.mark.parametrize("bound", ["0.001", "10000000000000", "-0.005"])
async def test_bound_that_is_no_sum_is_refused(boards: Boards, bound: str) -> None:
    error = await boards.refused(
        "query ($min: Decimal) { invoices(filter: { total: { min: $min } }) { totalCount } }",
        min=Decimal(bound),
    )

    assert error["extensions"]["code"] == "BAD_USER_INPUT"


async def test_totals_are_of_the_filtered_list(boards: Boards) -> None:
    answer = await boards.execute(
        """{ invoices(filter: { currency: ["CAD"] }, first: 1) { totals { currency count total } }
             none: invoices(filter: { status: [] }) { totals { count } totalCount } }"""
    )

    found: list[Invoice] = [row for row in ROWS.invoices if row.currency == "CAD"]
    total = amount(sum(row.total_cents for row in found))
    assert answer["invoices"]["totals"] == [
        {"currency": "CAD", "count": len(found), "total": total}
    ]
    assert answer["none"] == {"totals": [], "totalCount": 0}

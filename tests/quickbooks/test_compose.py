"""What is sent of an invoice: exact, whatever its lines are."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from db.quickbooks_copies import Draft
from db.tables import Address, Customer, Invoice, LineItem, QuickBooksInvoice
from domain.line_item import LineItemType, line_amounts
from domain.money import AMOUNT_CENTS_MAX
from domain.terms import PaymentTerms
from quickbooks import compose
from quickbooks.client import written
from quickbooks.compose import References, Setup
from quickbooks.listed import term_ids
from tests.conftest import NOW

SETUP = Setup(is_american=True, has_currencies=False, home_currency="CAD", term_ids={})
REFERENCES = References("58", {kind: str(place) for place, kind in enumerate(LineItemType, 1)})


def a_line(kind: LineItemType, quantity_e4: int, rate_e4: int, tax_rate_e4: int) -> LineItem:
    amounts = line_amounts(quantity_e4=quantity_e4, rate_e4=rate_e4, tax_rate_e4=tax_rate_e4)
    return LineItem(
        organization_id=1,
        id="line_1",
        position=1,
        type=kind,
        description="Toronto to Chicago",
        quantity_e4=quantity_e4,
        rate_e4=rate_e4,
        tax_rate_e4=tax_rate_e4,
        amount_cents=amounts.amount_cents,
        tax_amount_cents=amounts.tax_amount_cents,
        total_cents=amounts.total_cents,
    )


def a_customer() -> Customer:
    return Customer(
        organization_id=1,
        id="customer_1",
        number=9,
        name="Acme Freight",
        name_folded="acme freight",
        email="billing@acme.example",
        phone="+1 416 555 0100",
        currency="CAD",
        terms=PaymentTerms.NET_30,
        created_at=NOW,
    )


def an_address() -> Address:
    return Address(
        organization_id=1,
        id="address_1",
        address1="12 King St W",
        city="Toronto",
        state_code="ON",
        country_code="CA",
    )


def a_draft(lines: list[LineItem], **rest: Any) -> Draft:
    values: dict[str, Any] = {
        "currency": "CAD",
        "invoice_date": date(2026, 1, 31),
        "terms": PaymentTerms.NET_30,
        "due_date": date(2026, 3, 2),
        "sub_total_cents": sum(line.amount_cents for line in lines),
        "tax_total_cents": sum(line.tax_amount_cents for line in lines),
        **rest,
    }
    invoice = Invoice(
        organization_id=1,
        id="invoice_1",
        number=12,
        customer_id="customer_1",
        created_at=NOW,
        updated_at=NOW,
        **values,
    )
    copy = QuickBooksInvoice(
        organization_id=1, realm_id="1", invoice_id="invoice_1", requested_by="Demo"
    )
    return Draft(copy, invoice, lines, a_customer(), an_address())


def read(body: dict[str, Any]) -> dict[str, Any]:
    """As QuickBooks has it after a round trip, and fails where a float was in between."""
    return json.loads(written(body), parse_float=Decimal, parse_int=Decimal)


lines = st.builds(
    a_line,
    st.sampled_from(LineItemType),
    st.integers(-(10**9), 10**9),
    st.integers(-(10**9), 10**9),
    st.integers(0, 10**6),
)


@given(st.lists(lines, min_size=1, max_size=20))
def test_lines_come_to_what_the_invoice_comes_to(lines: list[LineItem]) -> None:
    draft = a_draft(lines)

    body = read(compose.invoice(draft, REFERENCES, SETUP))

    amounts = [line["Amount"] for line in body["Line"]]
    assert sum(amounts) * 100 == draft.invoice.sub_total_cents
    assert [amount * 100 for amount in amounts] == [line.amount_cents for line in lines]
    assert body["TxnTaxDetail"]["TotalTax"] * 100 == draft.invoice.tax_total_cents


@given(lines)
def test_quantity_times_price_is_the_amount_to_the_cent(line: LineItem) -> None:
    body = read(compose.invoice(a_draft([line]), REFERENCES, SETUP))

    [sent] = body["Line"]
    detail = sent["SalesItemLineDetail"]
    assert detail["Qty"] * detail["UnitPrice"] == sent["Amount"]
    is_rounded = line.quantity_e4 * line.rate_e4 != line.amount_cents * 10**6
    assert ("Toronto to Chicago (" in sent["Description"]) == is_rounded


def test_the_largest_amount_is_exact() -> None:
    line = a_line(LineItemType.FREIGHT, 10_000, AMOUNT_CENTS_MAX * 100, 0)

    body = written(compose.invoice(a_draft([line]), REFERENCES, SETUP))

    assert body.count(b"999999999999.99") == 2


def test_notes_are_cut_so_that_the_mark_has_room() -> None:
    line = a_line(LineItemType.FREIGHT, 10_000, 10_000, 0)

    body = compose.invoice(a_draft([line], notes="x" * 10_000), REFERENCES, SETUP)

    assert len(body["PrivateNote"]) == 4000
    assert body["PrivateNote"].endswith("x\nRemit invoice_1")


def test_names_are_what_quickbooks_takes() -> None:
    assert compose.names("Acme:\tFreight\n", "customer") == [
        "Acme Freight",
        "Acme Freight (customer)",
    ]
    assert [len(name) for name in compose.names("x" * 600, "customer")] == [500, 500]


def test_a_currency_is_named_only_where_there_are_several() -> None:
    draft = a_draft([a_line(LineItemType.FREIGHT, 10_000, 10_000, 0)])
    several = Setup(is_american=True, has_currencies=True, home_currency="CAD", term_ids={})

    assert "CurrencyRef" not in compose.invoice(draft, REFERENCES, SETUP)
    assert compose.invoice(draft, REFERENCES, several)["CurrencyRef"] == {"value": "CAD"}


def test_terms_are_found_by_name_and_else_by_days() -> None:
    rows = [
        {"Id": "1", "Name": "Due on receipt", "Type": "STANDARD", "DueDays": 0},
        {"Id": "2", "Name": "A month", "Type": "STANDARD", "DueDays": 30},
        {"Id": "3", "Name": "Net 60", "Type": "STANDARD", "DueDays": 61},
        {"Id": "4", "Name": "E.O.M.", "Type": "DATE_DRIVEN", "DayOfMonthDue": 31},
        {"Id": "5", "Name": "End of Month", "Type": "DATE_DRIVEN", "DayOfMonthDue": 31},
    ]

    assert term_ids(rows) == {
        PaymentTerms.NET_0: "1",
        PaymentTerms.NET_30: "2",
        PaymentTerms.NET_60: "3",
        PaymentTerms.EOM: "5",
    }


def test_a_customer_is_sent_with_what_is_known_of_it() -> None:
    draft = a_draft([])

    assert compose.customer(draft, "Acme Freight (customer)", SETUP) == {
        "DisplayName": "Acme Freight (customer)",
        "CompanyName": "Acme Freight",
        "PrimaryEmailAddr": {"Address": "billing@acme.example"},
        "PrimaryPhone": {"FreeFormNumber": "+1 416 555 0100"},
        "BillAddr": {
            "Line1": "12 King St W",
            "City": "Toronto",
            "CountrySubDivisionCode": "ON",
            "Country": "CA",
        },
    }


def test_what_quickbooks_would_not_take_of_a_customer_is_left_out() -> None:
    draft = a_draft([])
    draft.customer.email = f"{'x' * 100}@acme.example"
    draft.customer.phone = "+1 416 555 0100, extension 1234"

    assert set(compose.customer(draft, "Acme", SETUP)) == {"DisplayName", "CompanyName", "BillAddr"}

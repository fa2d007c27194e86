"""Money over HTTP: exact in, exact out, rounded half up line by line, and never too large."""

from decimal import Decimal
from typing import Any

import pytest

from tests.client import Client
from tests.factories import create_customer, create_invoice, create_order, line
from tests.readings import everything, get_invoice, refused_unchanged

TOTALS = "subTotal taxTotal total amountPaid outstandingBalance"
LARGEST = "999999999999.99"


def charge(rate: str, *, tax: str = "0", quantity: str = "1") -> dict[str, Any]:
    return line(rate, taxRate=tax, quantity=quantity)


@pytest.mark.parametrize(
    ("lines", "sub_total", "tax_total"),
    [
        ([charge("94.50", tax="7")] * 2 + [charge("17.25", tax="7")], "206.25", "14.45"),
        ([charge("17.50", tax="7")] * 4, "70.00", "4.92"),
        ([charge("8180.00", tax="9.975")], "8180.00", "815.96"),
        ([charge("0.43", tax="15"), charge("4.84", tax="15")], "5.27", "0.79"),
        ([charge("35.5055", quantity="3")], "106.52", "0.00"),
        ([charge("1.59", tax="12")] * 29 + [charge("17.49", tax="12")] * 2, "81.09", "9.71"),
        ([charge("1.005"), charge("2.675")], "3.69", "0.00"),
        ([charge("0.1")] * 3, "0.30", "0.00"),
        ([charge("0.005", tax="50")], "0.01", "0.01"),
        ([charge("94.50", tax="7"), charge("-94.50", tax="7")], "0.00", "0.00"),
        ([charge("0.0001", quantity="0.0001")], "0.00", "0.00"),
        ([charge("10.00", tax="100")], "10.00", "10.00"),
        ([], "0.00", "0.00"),
    ],
)
async def test_tax_is_rounded_half_up_on_each_line(
    api: Client, lines: list[dict[str, Any]], sub_total: str, tax_total: str
) -> None:
    invoice = await create_invoice(api, lineItems=lines)

    total = Decimal(sub_total) + Decimal(tax_total)
    assert await get_invoice(api, invoice["id"], TOTALS) == {
        "subTotal": Decimal(sub_total),
        "taxTotal": Decimal(tax_total),
        "total": total,
        "amountPaid": 0,
        "outstandingBalance": total,
    }


async def test_credit_is_rounded_like_the_charge_it_takes_back(api: Client) -> None:
    invoice = await create_invoice(
        api, lineItems=[charge("200.00"), charge("35.5055", quantity="-3", tax="13")]
    )

    found = await get_invoice(api, invoice["id"], "lineItems { amount taxAmount total }")

    assert found["lineItems"][1] == {
        "amount": Decimal("-106.52"),
        "taxAmount": Decimal("-13.85"),
        "total": Decimal("-120.37"),
    }


async def test_amounts_are_written_with_two_decimals_as_json_numbers(api: Client) -> None:
    invoice = await create_invoice(api, "100", "0.5")

    found = await api.http.post(
        "/graphql",
        json={"query": f'{{ invoice(by: {{ id: "{invoice["id"]}" }}) {{ total amountPaid }} }}'},
    )

    assert found.text == '{"data":{"invoice":{"total":100.50,"amountPaid":0.00}}}'


async def test_invoice_may_come_to_twelve_digits(api: Client) -> None:
    invoice = await create_invoice(api, LARGEST)

    assert (await get_invoice(api, invoice["id"], "total"))["total"] == Decimal(LARGEST)


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        ((LARGEST, "0.01"), "The total may have at most 12 digits before the point"),
        (("1.00", "-1.01"), "The total may not become negative"),
    ],
)
@pytest.mark.parametrize("mutation", ["createOrder", "createInvoice"])
async def test_total_out_of_range_is_refused(
    api: Client, mutation: str, rates: tuple[str, ...], message: str
) -> None:
    customer = await create_customer(api)

    error = await refused_unchanged(
        api, mutation, customerId=customer["id"], lineItems=[line(rate) for rate in rates]
    )

    assert error == {
        "__typename": "InputError",
        "code": "INVALID_INPUT",
        "message": message,
        "path": ["input"],
    }


@pytest.mark.parametrize(("total", "added"), [(LARGEST, "0.01"), ("1.00", "-1.01")])
@pytest.mark.parametrize("parent", ["order", "invoice"])
async def test_total_out_of_range_is_refused_after_a_change(
    api: Client, parent: str, total: str, added: str
) -> None:
    owner = await (create_order if parent == "order" else create_invoice)(api, total)

    error = await refused_unchanged(api, "addLineItem", parentId=owner["id"], lineItem=line(added))

    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["input"])


async def test_tax_alone_can_bring_a_total_out_of_range(api: Client) -> None:
    customer = await create_customer(api)

    error = await refused_unchanged(
        api,
        "createInvoice",
        customerId=customer["id"],
        lineItems=[charge("500000000000.00", tax="100")],
    )

    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["input"])


async def test_orders_together_can_bring_a_total_out_of_range(api: Client) -> None:
    first = await create_order(api, LARGEST)
    second = await create_order(api, "0.01", customer_id=first["customer"]["id"])

    error = await refused_unchanged(api, "createInvoice", orderIds=[first["id"], second["id"]])

    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["input"])


async def test_text_that_is_no_decimal_is_refused(api: Client) -> None:
    invoice = await create_invoice(api, "5000.00")
    before = await everything(api)

    for amount in (*"+5 .5 5. 1e3 1_000 1,000 NaN Infinity \u0665".split(), " 10", "10 ", ""):
        [error] = await api.errors(
            "mutation ($input: RecordPaymentInput!) {"
            " recordPayment(input: $input) { __typename } }",
            input={"invoiceId": invoice["id"], "amount": amount, "method": "cash"},
        )
        assert (amount, error["extensions"]["code"]) == (amount, "BAD_USER_INPUT")

    assert await everything(api) == before


async def test_amount_may_be_written_in_many_ways(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")

    for amount in ("10", "10.0", "10.00", "10.000", "010", 10):
        payload = await api.done(
            "recordPayment",
            "payment { amount }",
            invoiceId=invoice["id"],
            amount=amount,
            method="cash",
        )
        assert str(payload["payment"]["amount"]) == "10.00"


async def test_amount_in_the_document_may_be_a_number_or_a_text(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")

    for literal in ("10", "10.00", '"10.00"'):
        data = await api.execute(
            f"""mutation {{ recordPayment(input: {{
                invoiceId: "{invoice["id"]}", amount: {literal}, method: cash
            }}) {{ payment {{ amount }} }} }}"""
        )
        assert data["recordPayment"]["payment"]["amount"] == Decimal("10.00")

"""Customers: what they default to, what may be changed, what they owe."""

from decimal import Decimal

import pytest

from tests.client import Client
from tests.factories import (
    address,
    create_customer,
    create_invoice,
    delete_invoice,
    record_payment,
    send_invoice,
)
from tests.readings import get_customer, get_invoice, refused_unchanged

CUSTOMER = """customer {
    fullId name email phone currency terms version outstandingBalance billToAddress { name }
}"""


async def test_customer_of_a_name_alone_gets_defaults(api: Client) -> None:
    payload = await api.done("createCustomer", CUSTOMER, name="Acme Freight")

    assert payload["customer"] == {
        "fullId": "CUST-1",
        "name": "Acme Freight",
        "email": None,
        "phone": None,
        "currency": "CAD",
        "terms": "net30",
        "version": 1,
        "outstandingBalance": Decimal("0.00"),
        "billToAddress": None,
    }


async def test_customer_keeps_what_it_is_made_with(api: Client) -> None:
    payload = await api.done(
        "createCustomer",
        CUSTOMER,
        name="  Beta Lines ",
        email="pay@beta.example",
        phone="+1 416 555 0100",
        currency="USD",
        terms="eom",
        billToAddress=address(
            companyName="Beta Lines", address2="Floor 3", stateCode="ON", postalCode="M5H 1A1"
        ),
    )

    assert payload["customer"] == {
        "fullId": "CUST-1",
        "name": "Beta Lines",
        "email": "pay@beta.example",
        "phone": "+1 416 555 0100",
        "currency": "USD",
        "terms": "eom",
        "version": 1,
        "outstandingBalance": Decimal("0.00"),
        "billToAddress": {
            "name": "Beta Lines, 12 King St W, Floor 3, Toronto, ON M5H 1A1, CA",
        },
    }


async def test_currency_of_other_than_two_decimals_is_refused(api: Client) -> None:
    for currency in ("JPY", "KWD", "cad", "CA", "XXX", ""):
        [error] = await api.errors(
            "mutation ($input: CreateCustomerInput!) "
            "{ createCustomer(input: $input) { customer { id } } }",
            input={"name": "Acme Freight", "currency": currency},
        )
        assert (currency, error["extensions"]["code"]) == (currency, "BAD_USER_INPUT")

    assert (await api.execute("{ customers { totalCount } }"))["customers"]["totalCount"] == 0


@pytest.mark.parametrize("mutation", ["createCustomer", "updateCustomer"])
async def test_meaningless_value_is_refused(api: Client, mutation: str) -> None:
    customer = await create_customer(api)
    rest = {"name": "Beta Lines"} if mutation == "createCustomer" else {"id": customer["id"]}

    for field, value in (
        ("name", ""),
        ("name", " \t "),
        ("email", "nobody"),
        ("email", "a@b"),
        ("email", "two words@acme.example"),
    ):
        error = await refused_unchanged(api, mutation, **rest | {field: value})
        assert (error["__typename"], error["code"]) == ("InputError", "INVALID_INPUT")
        assert error["path"] == ["input", field]


async def test_update_leaves_alone_what_is_absent(api: Client) -> None:
    customer = await create_customer(
        api, email="pay@acme.example", phone="1", terms="net7", billToAddress=address()
    )

    payload = await api.done("updateCustomer", CUSTOMER, id=customer["id"], name="Acme Cargo")

    assert payload["customer"] == {
        "fullId": "CUST-1",
        "name": "Acme Cargo",
        "email": "pay@acme.example",
        "phone": "1",
        "currency": "CAD",
        "terms": "net7",
        "version": 2,
        "outstandingBalance": Decimal("0.00"),
        "billToAddress": {"name": "12 King St W, Toronto, CA"},
    }


@pytest.mark.parametrize("field", ["email", "phone", "billToAddress"])
async def test_null_clears(api: Client, field: str) -> None:
    customer = await create_customer(
        api, email="pay@acme.example", phone="1", billToAddress=address()
    )

    payload = await api.done("updateCustomer", CUSTOMER, id=customer["id"], **{field: None})

    kept = {"email", "phone", "billToAddress"} - {field}
    assert payload["customer"][field] is None
    assert all(payload["customer"][other] is not None for other in kept)
    assert payload["customer"]["version"] == 2


@pytest.mark.parametrize("field", ["name", "terms"])
async def test_null_is_refused_where_nothing_can_be_cleared(api: Client, field: str) -> None:
    customer = await create_customer(api)

    error = await refused_unchanged(api, "updateCustomer", id=customer["id"], **{field: None})

    assert error == {
        "__typename": "InputError",
        "code": "INVALID_INPUT",
        "message": "This cannot be cleared",
        "path": ["input", field],
    }


async def test_update_to_the_same_is_no_change(api: Client) -> None:
    customer = await create_customer(api, email="pay@acme.example")

    payload = await api.done(
        "updateCustomer",
        CUSTOMER,
        id=customer["id"],
        name="Acme Freight",
        email="pay@acme.example",
        phone=None,
        terms="net30",
    )

    assert payload["customer"]["version"] == 1


async def test_new_terms_are_for_invoices_made_from_then_on(api: Client) -> None:
    customer = await create_customer(api, terms="net7")
    before = await create_invoice(api, "1.00", customerId=customer["id"])

    await api.done("updateCustomer", CUSTOMER, id=customer["id"], terms="net60")
    after = await create_invoice(api, "1.00", customerId=customer["id"])

    found = [await get_invoice(api, one["id"], "terms dueDate") for one in (before, after)]
    assert found == [
        {"terms": "net7", "dueDate": "2026-03-17"},
        {"terms": "net60", "dueDate": "2026-05-09"},
    ]


async def test_customer_owes_its_receivables_only(api: Client) -> None:
    customer = await create_customer(api)
    invoices = [
        await create_invoice(api, rate, customerId=customer["id"])
        for rate in ("1.00", "20.00", "300.00", "4000.00", "50000.00")
    ]
    _created, sent, partly_paid, paid, deleted = invoices
    for invoice in (sent, paid, deleted):
        await send_invoice(api, invoice)
    await record_payment(api, partly_paid, "100.00")
    await record_payment(api, paid, "4000.00")
    await delete_invoice(api, deleted)

    found = await get_customer(api, customer["id"], "outstandingBalance invoices { totalCount }")

    assert found == {"outstandingBalance": Decimal("220.00"), "invoices": {"totalCount": 4}}

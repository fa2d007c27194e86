"""Addresses: never changed, and kept on an invoice as they were."""

from db.database import Database
from tests.client import Client
from tests.factories import address, create_customer, create_invoice
from tests.readings import get_customer, get_invoice, refused_unchanged

ADDRESS = "id name companyName address1 address2 city stateCode postalCode countryCode"


async def test_invoice_keeps_the_address_its_customer_had(api: Client) -> None:
    customer = await create_customer(api, billToAddress=address("1 Old Road"))
    before = await create_invoice(api, "1.00", customerId=customer["id"])

    await api.done(
        "updateCustomer", "__typename", id=customer["id"], billToAddress=address("2 New Road")
    )
    after = await create_invoice(api, "1.00", customerId=customer["id"])

    found = [
        (await get_invoice(api, one["id"], "billToAddress { address1 }"))["billToAddress"]
        for one in (before, after)
    ]
    assert found == [{"address1": "1 Old Road"}, {"address1": "2 New Road"}]


async def test_invoice_keeps_the_address_its_customer_cleared(api: Client) -> None:
    customer = await create_customer(api, billToAddress=address("1 Old Road"))
    invoice = await create_invoice(api, "1.00", customerId=customer["id"])

    await api.done("updateCustomer", "__typename", id=customer["id"], billToAddress=None)

    assert await get_customer(api, customer["id"], "billToAddress { id }") == {
        "billToAddress": None
    }
    assert await get_invoice(api, invoice["id"], "billToAddress { address1 }") == {
        "billToAddress": {"address1": "1 Old Road"}
    }


async def test_change_of_an_address_makes_a_new_one(api: Client) -> None:
    invoice = await create_invoice(api, "1.00", remitToAddress=address("1 Factor Way"))
    old = (await get_invoice(api, invoice["id"], "remitToAddress { id }"))["remitToAddress"]["id"]

    await api.done(
        "updateInvoice",
        "__typename",
        id=invoice["id"],
        remitToAddress=address(
            "2 Factor Way", address2="Suite 4", companyName="Factor Inc", stateCode="ON"
        ),
    )

    found = await get_invoice(api, invoice["id"], f"remitToAddress {{ {ADDRESS} }}")
    new = found["remitToAddress"]
    assert new.pop("id") != old
    assert new == {
        "name": "Factor Inc, 2 Factor Way, Suite 4, Toronto, ON, CA",
        "companyName": "Factor Inc",
        "address1": "2 Factor Way",
        "address2": "Suite 4",
        "city": "Toronto",
        "stateCode": "ON",
        "postalCode": None,
        "countryCode": "CA",
    }
    data = await api.execute(
        "query ($id: ID!) { node(id: $id) { ... on Address { address1 } } }", id=old
    )
    assert data["node"] == {"address1": "1 Factor Way"}


async def test_address_that_cannot_be_is_refused(api: Client) -> None:
    for field, value in (
        ("address1", " "),
        ("city", ""),
        ("countryCode", "XX"),
        ("countryCode", "ca"),
        ("countryCode", "CAN"),
        ("companyName", "x" * 201),
        ("address1", "x" * 201),
        ("address2", "x" * 201),
        ("city", "x" * 201),
        ("stateCode", "x" * 101),
        ("postalCode", "x" * 101),
    ):
        error = await refused_unchanged(
            api, "createCustomer", name="Acme Freight", billToAddress=address() | {field: value}
        )
        assert (error["__typename"], error["code"]) == ("InputError", "INVALID_INPUT")
        assert error["path"] == ["input", "billToAddress", field]


async def test_blank_parts_of_an_address_are_none(api: Client) -> None:
    customer = await create_customer(api, billToAddress=address(companyName=" ", stateCode=""))

    found = await get_customer(api, customer["id"], "billToAddress { companyName stateCode name }")

    assert found["billToAddress"] == {
        "companyName": None,
        "stateCode": None,
        "name": "12 King St W, Toronto, CA",
    }


async def test_remit_to_is_the_organizations_unless_told_otherwise(
    api: Client, database: Database
) -> None:
    other = await create_invoice(api, "1.00", remitToAddress=address("1 Factor Way"))
    async with database.transaction() as session:
        connection = await session.connection()
        await connection.exec_driver_sql(
            "UPDATE organizations SET remit_to_address_id ="
            " (SELECT remit_to_address_id FROM invoices WHERE organization_id = 1) WHERE id = 1"
        )

    plain = await create_invoice(api, "1.00", customerId=other["customer"]["id"])
    given = await create_invoice(api, "1.00", remitToAddress=address("2 Factor Way"))

    found = [
        (await get_invoice(api, one["id"], "remitToAddress { address1 }"))["remitToAddress"]
        for one in (plain, given)
    ]
    assert found == [{"address1": "1 Factor Way"}, {"address1": "2 Factor Way"}]

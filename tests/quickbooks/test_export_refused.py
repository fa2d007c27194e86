"""Exports that QuickBooks refuses, and names that are taken there."""

from typing import Any

import pytest

from tests.factories import create_customer
from tests.quickbooks.office import Office


async def test_what_quickbooks_refuses_is_shown_with_its_code(office: Office) -> None:
    invoice = await office.invoice()
    office.go_wrong("refused", code="6210", detail="The account period has closed")

    await office.export(invoice)

    reason = "QuickBooks refused it: The account period has closed (code 6210)"
    assert await office.link(invoice) == {
        "state": "failed",
        "quickBooksId": None,
        "exportedAt": None,
        "error": reason,
    }
    assert await office.told(invoice) == [
        ("exportFailed", f"Could not be exported to QuickBooks: {reason}")
    ]
    copy = await office.copy(invoice)
    assert copy is not None
    assert (copy.intuit_tid or "").startswith("1-")
    assert await office.work_after(minutes=60) == 0


async def test_a_refused_invoice_is_another_request_when_asked_for_again(office: Office) -> None:
    invoice = await office.invoice()
    office.go_wrong("refused")
    await office.export(invoice)

    await office.export(invoice)

    first, second = [one for one in office.simulator.asked if one.spot == "invoice.create"]
    assert first.request_id != second.request_id
    assert (await office.link(invoice))["state"] == "exported"


async def test_one_failure_stops_no_other(office: Office) -> None:
    invoices = [await office.invoice() for _ in "abc"]
    office.go_wrong("refused", skip=1)

    await office.export(*invoices)

    states = [(await office.link(invoice))["state"] for invoice in invoices]
    assert sorted(states) == ["exported", "exported", "failed"]
    assert len(office.theirs()) == 2


async def test_an_update_that_is_refused_keeps_what_is_there(office: Office) -> None:
    invoice = await office.invoice()
    await office.export(invoice)
    [made] = office.theirs()
    await office.api.done("updateInvoice", "invoice { id }", id=invoice["id"], notes="Changed")
    office.go_wrong("refused", at="invoice.update")

    await office.export(invoice)
    link = await office.link(invoice)
    assert (link["state"], link["quickBooksId"]) == ("failed", made["Id"])

    await office.export(invoice)
    assert (await office.link(invoice))["state"] == "exported"
    assert office.theirs()[0]["PrivateNote"].startswith("Changed\n")


async def test_an_invoice_in_a_currency_that_the_company_does_not_have(office: Office) -> None:
    customer = await office.api.done(
        "createCustomer", "customer { id }", name="Acme", currency="USD"
    )
    invoice = await office.invoice(customerId=customer["customer"]["id"])

    await office.export(invoice)

    assert (await office.link(invoice))["error"] == (
        "INVOICE-1 is in USD, and this company in QuickBooks has no other currency than CAD"
    )
    assert office.simulator.count("*.create") == 0


async def test_a_company_that_demands_its_own_tax_codes_refuses_visibly(office: Office) -> None:
    office.simulator.switches.tax_code_required = True
    invoice = await office.invoice()

    await office.export(invoice)

    error = (await office.link(invoice))["error"]
    assert error.startswith("QuickBooks refused it: ")
    assert "GST/HST rate" in error


async def test_what_was_refused_for_an_old_setup_is_asked_by_the_new_one(office: Office) -> None:
    customer = await office.api.done(
        "createCustomer", "customer { id }", name="Acme", currency="USD"
    )
    invoice = await office.invoice(customerId=customer["customer"]["id"])
    await office.export(invoice)
    office.simulator.preferences.multi_currency = True

    await office.export(invoice)

    assert (await office.link(invoice))["state"] == "exported"


@pytest.mark.parametrize("kind", ["Vendor", "Employee"])
async def test_a_vendor_of_that_name_does_not_get_the_invoice(office: Office, kind: str) -> None:
    office.person.make(kind, DisplayName="Acme Freight")
    invoice = await office.invoice()

    await office.export(invoice)

    [customer] = office.person.see_all("Customer")
    assert customer["DisplayName"] == "Acme Freight (customer)"
    [(_, message)] = await office.told(invoice)
    assert message.endswith(
        "; its customer there is “Acme Freight (customer)”: the plain name was taken"
    )


async def test_where_all_names_are_taken_it_says_so(office: Office) -> None:
    for name in ("Acme Freight", "Acme Freight (customer)", "Acme Freight (CUST-1 CAD)"):
        office.person.make("Vendor", DisplayName=name)
    invoice = await office.invoice()

    await office.export(invoice)

    assert (await office.link(invoice))["error"] == (
        "The name “Acme Freight” belongs to something else in QuickBooks, such as a vendor "
        "(code 6240)"
    )


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("O'Brien \\ Sons", "O'Brien \\ Sons"),
        ("Freight: East", "Freight East"),
        ("École Müller & Söhne", "École Müller & Söhne"),
    ],
)
async def test_customers_are_found_by_name(office: Office, name: str, there: str) -> None:
    made = office.person.make("Customer", DisplayName=there.upper())
    customer = await create_customer(office.api, name)
    invoice = await office.invoice(customerId=customer["id"])

    await office.export(invoice)

    assert office.theirs()[0]["CustomerRef"]["value"] == made["Id"]
    assert office.simulator.count("customer.create") == 0


@pytest.mark.parametrize("is_known", [True, False], ids=["linked", "found by name"])
async def test_an_inactive_customer_is_made_active_and_that_is_told(
    office: Office, *, is_known: bool
) -> None:
    invoice = await office.invoice()
    if is_known:
        await office.export(invoice)
        [customer] = office.person.see_all("Customer")
        invoice = await office.invoice(customerId=invoice["customer"]["id"])
    else:
        customer = office.person.make("Customer", DisplayName="Acme Freight")
    office.person.deactivate("Customer", customer["Id"])

    await office.export(invoice)

    assert office.person.see("Customer", customer["Id"])["Active"] is True
    [(kind, message)] = await office.told(invoice)
    assert kind == "exported"
    assert message.endswith("; customer “Acme Freight” was inactive there and is active again")
    assert len(office.person.see_all("Customer")) == 1


@pytest.mark.parametrize("kind", ["Customer", "Item"])
async def test_what_is_gone_there_is_found_or_made_anew(office: Office, kind: str) -> None:
    first = await office.invoice()
    await office.export(first)
    linked = office.person.see_all(kind)[-1]
    # As after two records were merged.
    office.simulator.company.remove(office.simulator.company.find(kind, linked["Id"]))
    second = await office.invoice(customerId=first["customer"]["id"])
    await office.api.done("updateInvoice", "invoice { id }", id=first["id"], notes="Changed")

    await office.export(second, first)

    assert [(await office.link(one))["state"] for one in (first, second)] == ["exported"] * 2
    assert office.person.see_all(kind)[-1]["Id"] != linked["Id"]
    assert len(office.theirs()) == 2


async def test_an_inactive_item_is_made_active(office: Office) -> None:
    item: dict[str, Any] = office.person.make(
        "Item", Name="Freight", Type="Service", IncomeAccountRef={"value": "1"}
    )
    office.person.deactivate("Item", item["Id"])
    invoice = await office.invoice()

    await office.export(invoice)

    detail = office.theirs()[0]["Line"][0]["SalesItemLineDetail"]
    assert detail["ItemRef"]["value"] == item["Id"]


async def test_a_category_of_that_name_is_no_item(office: Office) -> None:
    office.person.make("Item", Name="Freight", Type="Category", IncomeAccountRef={"value": "1"})
    invoice = await office.invoice()

    await office.export(invoice)

    detail = office.theirs()[0]["Line"][0]["SalesItemLineDetail"]
    assert detail["ItemRef"]["name"] == "Freight (Remit)"


async def test_without_an_income_account_it_says_so(office: Office) -> None:
    office.simulator.company.rows["Account"]["1"].body["Active"] = False
    invoice = await office.invoice()

    await office.export(invoice)

    assert (await office.link(invoice))["error"] == (
        "QuickBooks has no income account in which freight could be booked"
    )

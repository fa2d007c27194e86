"""Exports that go well: what QuickBooks has afterwards, and what the invoice shows."""

from decimal import Decimal

from tests.factories import line, send_invoice
from tests.quickbooks.office import Office


async def test_an_invoice_is_there_within_one_job(office: Office) -> None:
    invoice = await office.invoice("100.00", notes="Rush delivery")
    await send_invoice(office.api, invoice)

    await office.export(invoice)

    [theirs] = office.theirs()
    assert theirs["DocNumber"] == "INVOICE-1"
    assert theirs["TotalAmt"] == Decimal("100.00")
    assert theirs["PrivateNote"] == f"Rush delivery\nRemit {invoice['id']}"
    assert theirs["CustomerRef"]["name"] == "Acme Freight"
    assert await office.link(invoice) == {
        "state": "exported",
        "quickBooksId": theirs["Id"],
        "exportedAt": "2026-03-10T14:05:00.000Z",
        "error": None,
    }
    assert (await office.told(invoice))[0] == (
        "exported",
        f"Exported to QuickBooks as invoice {theirs['Id']}",
    )


async def test_the_body_is_what_quickbooks_documents(office: Office) -> None:
    office.simulator.preferences.country = "US"
    invoice = await office.invoice(
        lineItems=[
            line("35.5055", quantity="3", taxRate="7"),
            line("-10.00", type="other", description="Discount"),
            line("12.5", quantity="2", type="fuel", description="Fuel"),
        ],
        terms="net30",
        invoiceDate="2026-01-31",
    )

    await office.export(invoice)

    [asked] = [one for one in office.simulator.asked if one.spot == "invoice.create"]
    [customer] = office.person.see_all("Customer")
    [terms] = [row["Id"] for row in office.person.see_all("Term") if row["Name"] == "Net 30"]
    assert len(asked.request_id) <= 50
    assert asked.body == {
        "DocNumber": "INVOICE-1",
        "TxnDate": "2026-01-31",
        "DueDate": "2026-03-02",
        "SalesTermRef": {"value": terms},
        "CustomerRef": {"value": customer["Id"]},
        "PrivateNote": f"Remit {invoice['id']}",
        "Line": [
            sent(office, "Toronto to Chicago (3 x 35.5055)", "Freight", "106.52", tax="TAX"),
            sent(office, "Discount", "Other", "-10.00"),
            sent(office, "Fuel", "Fuel", "25.00", quantity=2, price="12.5"),
        ],
        "TxnTaxDetail": {"TotalTax": Decimal("7.46")},
    }
    assert (await office.link(invoice))["state"] == "exported"


def sent(
    office: Office,
    description: str,
    item: str,
    amount: str,
    *,
    quantity: int = 1,
    price: str | None = None,
    tax: str = "NON",
) -> dict[str, object]:
    """A line as QuickBooks documents it."""
    items = {row["Name"]: row["Id"] for row in office.person.see_all("Item")}
    return {
        "Description": description,
        "Amount": Decimal(amount),
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {
            "ItemRef": {"value": items[item]},
            "Qty": quantity,
            "UnitPrice": Decimal(price or amount),
            "TaxCodeRef": {"value": tax},
        },
    }


async def test_outside_of_the_us_lines_have_no_tax_code(office: Office) -> None:
    invoice = await office.invoice(lineItems=[line("100.00", taxRate="13")])

    await office.export(invoice)

    [theirs] = office.theirs()
    assert "TaxCodeRef" not in theirs["Line"][0]["SalesItemLineDetail"]
    assert (theirs["TxnTaxDetail"]["TotalTax"], theirs["TotalAmt"]) == (13, 113)


async def test_customers_and_items_are_made_once(office: Office) -> None:
    first = await office.invoice()
    second = await office.invoice(customerId=first["customer"]["id"])

    await office.export(first, second)

    assert [row["DisplayName"] for row in office.person.see_all("Customer")] == ["Acme Freight"]
    assert [row["Name"] for row in office.person.see_all("Item")] == ["Services", "Freight"]
    assert office.simulator.count("query.customer") == 1
    assert office.simulator.count("query.preferences") == 1
    assert office.simulator.count("invoice.create") == 2


async def test_preferences_are_asked_for_again_after_an_hour(office: Office) -> None:
    first, second = await office.invoice(), await office.invoice()
    await office.export(first)

    await office.work_after(minutes=61)
    await office.export(second)

    assert office.simulator.count("query.preferences") == 2


async def test_exported_again_without_changes_sends_nothing(office: Office) -> None:
    invoice = await office.invoice()
    await office.export(invoice)
    before = len(office.simulator.asked)

    await office.export(invoice)

    assert len(office.simulator.asked) == before
    assert len(await office.told(invoice)) == 1


async def test_a_changed_invoice_is_changed_there(office: Office) -> None:
    invoice = await office.invoice("100.00")
    await office.export(invoice)
    [made] = office.theirs()
    # What a bookkeeper has added there stays.
    office.person.edit_invoice(made["Id"], CustomerMemo={"value": "Thank you"})
    await office.api.done(
        "addLineItem", "invoice { id }", parentId=invoice["id"], lineItem=line("50.00")
    )

    await office.export(invoice)

    [theirs] = office.theirs()
    assert (theirs["Id"], theirs["TotalAmt"]) == (made["Id"], Decimal("150.00"))
    assert theirs["CustomerMemo"] == {"value": "Thank you"}
    # The first was refused as stale, and the version read again.
    assert office.simulator.count("invoice.update") == 2
    assert office.simulator.count("invoice.read") == 1
    assert (await office.told(invoice))[0] == (
        "exported",
        f"Brought up to date in QuickBooks: invoice {made['Id']}",
    )


async def test_exports_of_one_invoice_at_once_make_one_copy(office: Office) -> None:
    invoice = await office.invoice()

    await office.ask(invoice)
    await office.ask(invoice)
    assert await office.work() == 1

    assert len(office.theirs()) == 1
    assert [kind for kind, _ in await office.told(invoice)] == ["exported"]


async def test_changed_back_before_it_is_sent_it_is_exported_as_it_was(office: Office) -> None:
    invoice = await office.invoice(notes="Call first")
    await office.export(invoice)
    for notes in ("Call last", "Call first"):
        await office.api.done("updateInvoice", "invoice { id }", id=invoice["id"], notes=notes)
        await office.ask(invoice)

    await office.work()

    assert (await office.link(invoice))["state"] == "exported"
    assert office.simulator.count("invoice.update") == 0


async def test_another_total_there_is_shown_and_not_repaired(office: Office) -> None:
    office.simulator.preferences.country = "US"
    office.simulator.preferences.partner_tax = True
    invoice = await office.invoice(lineItems=[line("100.00", taxRate="7")])

    await office.export(invoice)

    link = await office.link(invoice)
    assert (link["state"], link["error"]) == (
        "exported",
        "QuickBooks says 100.00 CAD, Remit says 107.00 CAD",
    )
    [(kind, message)] = await office.told(invoice)
    assert kind == "exported"
    assert message.endswith("; QuickBooks says 100.00 CAD, Remit says 107.00 CAD")
    assert office.simulator.count("invoice.*") == 1


async def test_a_customer_in_another_currency_has_an_invoice_in_it(office: Office) -> None:
    office.simulator.preferences.multi_currency = True
    office.person.make("Customer", DisplayName="Acme Freight")
    customer = await office.api.done(
        "createCustomer", "customer { id }", name="Acme Freight", currency="USD"
    )
    invoice = await office.invoice(customerId=customer["customer"]["id"])

    await office.export(invoice)

    [theirs] = office.theirs()
    assert theirs["CurrencyRef"]["value"] == "USD"
    assert theirs["CustomerRef"]["name"] == "Acme Freight (customer)"

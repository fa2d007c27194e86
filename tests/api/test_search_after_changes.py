"""What is found follows what was changed."""

from tests.client import Client
from tests.factories import create_customer, create_invoice, create_order, line, record_payment

COUNTS = """query ($search: String) {
    customers(filter: { search: $search }) { totalCount }
    orders(filter: { search: $search }) { totalCount }
    invoices(filter: { search: $search }) { totalCount }
    payments(filter: { search: $search }) { totalCount }
}"""


async def counts(api: Client, search: str) -> tuple[int, ...]:
    """How many customers, orders, invoices and payments are found."""
    return tuple(
        found["totalCount"] for found in (await api.execute(COUNTS, search=search)).values()
    )


async def test_renamed_customer(api: Client) -> None:
    customer = await create_customer(api, name="Äpfel & Söhne")
    order = await create_order(api, "100.00", customer_id=customer["id"])
    invoice = await create_invoice(api, orderIds=[order["id"]], lineItems=[line("1.00")])
    await record_payment(api, invoice, "10.00")
    assert await counts(api, "äpfel") == (1, 1, 1, 1)

    await api.done("updateCustomer", "customer { id }", id=customer["id"], name="Große Birnen")

    assert await counts(api, "äpfel") == (0, 0, 0, 0)
    assert await counts(api, "GROSSE birn") == (1, 1, 1, 1)


async def test_invoice_is_found_by_the_references_of_its_orders(api: Client) -> None:
    order = await create_order(api, "100.00", poNumber="PO-4711", refNumber="LOAD/9")
    invoice = await create_invoice(api, orderIds=[order["id"]])
    assert await counts(api, "po-47 load/9") == (0, 1, 1, 0)

    await api.done("deleteInvoice", "deletedInvoiceId", id=invoice["id"])

    assert await counts(api, "4711") == (0, 1, 0, 0)


async def test_invoice_is_found_by_the_references_of_its_payments(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")
    paid = await record_payment(api, invoice, "10.00", referenceNumber="CHQ-88", notes="Lockbox")
    payment_id = paid["payment"]["id"]
    assert await counts(api, "chq-8 lock") == (0, 0, 1, 1)

    await api.done("updatePayment", "payment { id }", id=payment_id, referenceNumber="W-5")
    assert await counts(api, "chq") == (0, 0, 0, 0)
    assert await counts(api, "w-5") == (0, 0, 1, 1)

    await api.done("deletePayment", "deletedPaymentId", id=payment_id)
    assert await counts(api, "w-5") == (0, 0, 0, 0)
    assert await counts(api, "lockbox") == (0, 0, 0, 0)


async def test_notes_of_an_invoice(api: Client) -> None:
    invoice = await create_invoice(api, "100.00", notes="Gate 7%")
    assert await counts(api, "7%") == (0, 0, 1, 0)

    await api.done("updateInvoice", "invoice { id }", id=invoice["id"], notes=None)

    assert await counts(api, "gate") == (0, 0, 0, 0)


async def test_deleted_invoice_is_found_by_nothing(api: Client) -> None:
    invoice = await create_invoice(api, "100.00", notes="Unique")

    await api.done("deleteInvoice", "deletedInvoiceId", id=invoice["id"])

    assert await counts(api, "unique") == (0, 0, 0, 0)
    assert await counts(api, invoice["fullId"]) == (0, 0, 0, 0)
    assert await counts(api, "acme") == (1, 0, 0, 0)

"""Objects with sensible defaults, made as a client makes them: a test names what it is about."""

from typing import Any

from tests.client import Client


def line(rate: str = "100.00", **rest: Any) -> dict[str, Any]:
    """A line item input: one unit, untaxed."""
    return {"type": "freight", "description": "Toronto to Chicago", "rate": rate, **rest}


async def create_customer(api: Client, name: str = "Acme Freight", **rest: Any) -> dict[str, Any]:
    payload = await api.done("createCustomer", "customer { id fullId version }", name=name, **rest)
    return payload["customer"]


async def create_order(
    api: Client, *rates: str, customer_id: str | None = None, **rest: Any
) -> dict[str, Any]:
    """An order of one line for each rate; of a new customer unless one is named."""
    customer_id = customer_id or (await create_customer(api))["id"]
    rest.setdefault("lineItems", [line(rate) for rate in rates])
    selection = "order { id fullId version customer { id } lineItems { id } }"
    payload = await api.done("createOrder", selection, customerId=customer_id, **rest)
    return payload["order"]


async def create_invoice(api: Client, *rates: str, **rest: Any) -> dict[str, Any]:
    """An invoice with a line of its own for each rate; of a new customer unless one is named."""
    if not {"customerId", "orderIds"} & rest.keys():
        rest["customerId"] = (await create_customer(api))["id"]
    rest.setdefault("lineItems", [line(rate) for rate in rates])
    selection = "invoice { id fullId version customer { id } lineItems { id } }"
    return (await api.done("createInvoice", selection, **rest))["invoice"]


async def record_payment(
    api: Client, invoice: dict[str, Any], amount: str, **rest: Any
) -> dict[str, Any]:
    rest.setdefault("method", "cheque")
    selection = "payment { id amount } invoice { status amountPaid outstandingBalance version }"
    return await api.done(
        "recordPayment", selection, invoiceId=invoice["id"], amount=amount, **rest
    )


async def send_invoice(api: Client, invoice: dict[str, Any], **rest: Any) -> dict[str, Any]:
    selection = "invoice { status sentAt version }"
    return (await api.done("sendInvoice", selection, id=invoice["id"], **rest))["invoice"]


async def delete_invoice(api: Client, invoice: dict[str, Any], **rest: Any) -> dict[str, Any]:
    selection = "deletedInvoiceId orders { id }"
    return await api.done("deleteInvoice", selection, id=invoice["id"], **rest)


def address(street: str = "12 King St W", **rest: Any) -> dict[str, Any]:
    """An address input in Toronto."""
    return {"address1": street, "city": "Toronto", "countryCode": "CA", **rest}

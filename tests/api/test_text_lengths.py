"""How long texts may be: to the character, in characters and not in bytes."""

from copy import deepcopy
from typing import Any

from tests.client import Client
from tests.factories import create_customer, create_invoice, line, record_payment
from tests.readings import refused_unchanged

# What is sent, the path of the text in it, and how many characters it may have.
TEXTS = [
    ("createCustomer", ("name",), 200),
    ("createCustomer", ("phone",), 100),
    ("updateCustomer", ("name",), 200),
    ("createOrder", ("poNumber",), 100),
    ("createOrder", ("refNumber",), 100),
    ("createOrder", ("lineItems", "0", "description"), 200),
    ("createInvoice", ("notes",), 10_000),
    ("updateInvoice", ("notes",), 10_000),
    ("addLineItem", ("lineItem", "description"), 200),
    ("updateLineItem", ("description",), 200),
    ("recordPayment", ("referenceNumber",), 100),
    ("recordPayment", ("notes",), 10_000),
    ("recordBatchPayment", ("referenceNumber",), 100),
    ("recordBatchPayment", ("notes",), 10_000),
    ("updatePayment", ("referenceNumber",), 100),
    ("updatePayment", ("notes",), 10_000),
    ("deletePayment", ("reason",), 500),
    ("deleteInvoice", ("reason",), 500),
]


async def inputs(api: Client) -> dict[str, dict[str, Any]]:
    """An input that each mutation accepts."""
    invoice = await create_invoice(api, "10.00")
    free = await create_invoice(api, "10.00")
    paid = await record_payment(api, invoice, "1.00")
    customer_id = (await create_customer(api))["id"]
    return {
        "createCustomer": {"name": "Acme Freight"},
        "updateCustomer": {"id": customer_id},
        "createOrder": {"customerId": customer_id, "lineItems": [line()]},
        "createInvoice": {"customerId": customer_id},
        "updateInvoice": {"id": free["id"]},
        "addLineItem": {"parentId": free["id"], "lineItem": line()},
        "updateLineItem": {"id": free["lineItems"][0]["id"]},
        "recordPayment": {"invoiceId": invoice["id"], "amount": "1.00", "method": "cheque"},
        "recordBatchPayment": {
            "allocations": [{"invoiceId": invoice["id"], "amount": "1.00"}],
            "method": "cheque",
        },
        "updatePayment": {"id": paid["payment"]["id"]},
        "deletePayment": {"id": paid["payment"]["id"]},
        "deleteInvoice": {"id": free["id"]},
    }


def put(given: dict[str, Any], path: tuple[str, ...], value: str) -> dict[str, Any]:
    """The input with a text at that path."""
    here: Any = given
    for step in path[:-1]:
        here = here[int(step) if step.isdigit() else step]
    here[path[-1]] = value
    return given


async def test_text_of_one_character_more_is_refused(api: Client) -> None:
    accepted = await inputs(api)
    for mutation, path, maximum in TEXTS:
        given = put(deepcopy(accepted[mutation]), path, "é" * (maximum + 1))

        error = await refused_unchanged(api, mutation, **given)

        assert error == {
            "__typename": "InputError",
            "code": "INVALID_INPUT",
            "message": f"At most {maximum:,} characters are allowed",
            "path": ["input", *path],
        }


async def test_texts_of_the_greatest_length_are_kept(api: Client) -> None:
    given = await inputs(api)
    # A deletion would take what the next one needs; they are last.
    for mutation, path, maximum in TEXTS:
        text = "😀é" * (maximum // 2)
        await api.done(mutation, "__typename", **put(given[mutation], path, f" {text} "))
    data = await api.execute(
        "{ customers(first: 100) { nodes { name phone } } payments { nodes { notes } } }"
    )

    assert {"name": "😀é" * 100, "phone": "😀é" * 50} in data["customers"]["nodes"]
    assert {"notes": "😀é" * 5000} in data["payments"]["nodes"]

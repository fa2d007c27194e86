"""Each mutation once and more, refused and done, with payloads of every kind, in a fixed order.

Ids are named by what they are of and when they came: `invoice 1`.
"""

from typing import Any

_LINE = {"type": "freight", "description": "Toronto to Chicago", "rate": "100.00", "taxRate": 13}
_ADDRESS = {"address1": "12 King St W", "city": "Toronto", "countryCode": "CA"}

_FRAGMENTS = """
fragment money on Invoice { subTotal taxTotal total amountPaid outstandingBalance }
fragment whole on Invoice {
    __typename id fullId status version dueDate sentAt isOverdue daysPastDue(asOf: "2030-01-01")
    ...money customer { name outstandingBalance invoices(last: 2) { totalCount nodes { id } } }
    lineItems { id type quantity rate taxRate total copiedFrom { id } }
    orders { fullId hasUninvoicedChanges } remitToAddress { name }
    payments { id amount method batchId }
    documents { id documentType fileName size url }
    activity(first: 3) { totalCount nodes { kind message occurredAt } pageInfo { hasNextPage } }
}
fragment problem on UserError {
    kind: __typename code message path
    ... on InvoiceStateError { invoice { id ...money } }
    ... on PaymentExceedsBalanceError { outstandingBalance }
}
"""


def _change(name: str, selection: str, kind: str = "") -> str:
    kind = kind or f"{name[0].upper()}{name[1:]}"
    used = [one for one in ("whole", "problem") if f"...{one}" in f"{selection} ...problem"]
    fragments = _FRAGMENTS
    if "whole" not in used:
        start, end = fragments.index("fragment whole"), fragments.index("fragment problem")
        fragments = fragments[:start] + fragments[end:]
    return (
        f"mutation ($input: {kind}Input!) {{ __typename "
        f"{name}(input: $input) {{ {selection} userErrors {{ ...problem }} }} }}{fragments}"
    )


_CUSTOMER = "customer { id fullId name terms email billToAddress { name } version }"
_ORDER = "order { id fullId total lineItems { id total } customer { id } version }"
_LINES = f"lineItem {{ id total }} invoice {{ ...whole }} {_ORDER}"

PAY = """mutation ($invoice: ID!, $amount: Decimal!) {
    recordPayment(input: { invoiceId: $invoice, amount: $amount, method: cash }) {
        payment { id } invoice { id } userErrors { code }
    }
}"""

_TWO = """mutation ($id: ID!, $amount: Decimal!) {
    one: createCustomer(input: { name: "Stays" }) { ... { customer { name } } ...empty }
    two: recordPayment(input: { invoiceId: $id, amount: $amount, method: wire }) {
        payment { amount } userErrors { __typename code }
    }
    three: createCustomer(input: { name: "Stays too" }) { customer { fullId } }
}
fragment empty on CreateCustomerPayload { userErrors { code ... on Foreign @skip(if: true) { x } } }
""".replace("... on Foreign @skip(if: true) { x }", "... on InputError { path }")

# Where nothing may be null: the second payload's selection cannot be planned.
_BAD_PAGE = """mutation ($id: ID!, $first: Int) {
    createCustomer(input: { name: "Never" }) { customer { name } }
    sendInvoice(input: { id: $id }) { invoice { activity(first: $first) { totalCount } } }
}"""

_PAYMENT = (
    "payment { id amount method paymentDate canDelete invoice { id } } invoice { ...whole }"
    " alreadyProcessed"
)
_UPDATED = "payment { id amount method notes } invoice { ...whole }"
_MANY = "batchId payments { id amount batchId } invoices { ...whole } alreadyProcessed"


def _step(mutation: str, selection: str, /, **input: Any) -> tuple[str, dict[str, Any]]:
    return _change(mutation, selection), {"input": input}


STEPS: list[tuple[str, dict[str, Any]]] = [
    _step("createCustomer", _CUSTOMER, name="Acme Freight", billToAddress=_ADDRESS),
    _step("createOrder", _ORDER, customerId="customer 1", lineItems=[_LINE, _LINE]),
    _step(
        "createInvoice",
        "invoice { ...whole } alreadyProcessed",
        orderIds=["order 1"],
        lineItems=[{**_LINE, "rate": "-5"}],
        remitToAddress=_ADDRESS,
        idempotencyKey="once",
    ),
    _step("sendInvoice", "invoice { ...whole }", id="invoice 1"),
    _step("createCustomer", _CUSTOMER, name=" "),
    _step("createCustomer", _CUSTOMER, name="Other", currency="USD", terms="eom"),
    _step("updateCustomer", _CUSTOMER, id="customer 1", email="a@b.ca", billToAddress=None),
    _step("updateCustomer", _CUSTOMER, id="customer 1", name="x", expectedVersion=99),
    _step("createOrder", _ORDER, customerId="customer_nobody", lineItems=[]),
    _step("createOrder", _ORDER, customerId="customer 1", lineItems=[_LINE]),
    (
        _change("addLineItem", _LINES),
        {"input": {"parentId": "order 2", "lineItem": {**_LINE, "quantity": "1.5"}}},
    ),
    _step("addLineItem", _LINES, parentId="invoice 1", lineItem=_LINE),
    _step("updateLineItem", _LINES, id="line 1", rate="50", description="Cheaper"),
    _step("updateLineItem", _LINES, id="line 1", quantity="0.00001"),
    _step("removeLineItem", _LINES, id="line 2"),
    _step("removeLineItem", _LINES, id="line 2"),
    _step("createInvoice", "invoice { ...whole }", orderIds=["order 1", "order 2"]),
    _step("createInvoice", "invoice { ...whole }", orderIds=["order 2"], terms="net7"),
    _step("createInvoice", "invoice { id }", customerId="customer 1", lineItems=[]),
    _step("sendInvoice", "invoice { ...whole }", id="invoice 3"),
    _step("updateInvoice", "invoice { ...whole }", id="invoice 2", notes="n", dueDate="2026-04-01"),
    _step("updateInvoice", "invoice { ...whole }", id="invoice 1", invoiceDate="2026-01-01"),
    _step(
        "recordPayment",
        _PAYMENT,
        invoiceId="invoice 1",
        amount=10,
        method="cheque",
        idempotencyKey="k",
        referenceNumber="1042",
    ),
    _step(
        "recordPayment",
        _PAYMENT,
        invoiceId="invoice 1",
        amount=10,
        method="cheque",
        idempotencyKey="k",
        referenceNumber="1042",
    ),
    _step("recordPayment", _PAYMENT, invoiceId="invoice 1", amount=10**6, method="ach"),
    _step("recordPayment", _PAYMENT, invoiceId="invoice 1", amount="0", method="ach"),
    _step(
        "recordBatchPayment",
        _MANY,
        method="eft",
        referenceNumber="77",
        allocations=[
            {"invoiceId": "invoice 2", "amount": "1.10"},
            {"invoiceId": "invoice 1", "amount": "2.20"},
        ],
    ),
    _step(
        "recordBatchPayment",
        _MANY,
        method="eft",
        allocations=[{"invoiceId": "invoice 2", "amount": "1"}] * 2,
    ),
    _step("updatePayment", _UPDATED, id="payment 1", amount="12.34", notes=None),
    _step("updatePayment", _UPDATED, id="payment 1", amount="999999"),
    _step("deleteInvoice", "deletedInvoiceId orders { id }", id="invoice 1"),
    _step("deletePayment", "deletedPaymentId invoice { ...whole }", id="payment 1", reason="typo"),
    _step("deletePayment", "deletedPaymentId invoice { ...whole }", id="payment 1"),
    _step(
        "attachDocument",
        "document { id size url createdAt } invoice { ...whole }",
        invoiceId="invoice 2",
        fileName="pod.pdf",
        mimeType="image/png",
        documentType="invoice",
    ),
    _step(
        "attachDocument",
        "document { id } uploadUrl",
        invoiceId="invoice 2",
        fileName="/",
        mimeType="image/png",
        documentType="other",
    ),
    _step("removeDocument", "removedDocumentId invoice { ...whole }", id="document 1"),
    _step("removeDocument", "removedDocumentId", id="document 1"),
    _step("deleteInvoice", "deletedInvoiceId orders { id }", id="invoice 3", reason="empty"),
    # Its address holds a signature, which is another each time.
    _step("exportInvoices", "__typename count", format="json", filter={"customerId": "customer 1"}),
    _step("exportInvoices", "url count", format="csv", filter={"total": {"max": "0.001"}}),
    (_TWO, {"id": "invoice 1", "amount": "1"}),
    (_TWO, {"id": "invoice 1", "amount": "1000000"}),
    (_BAD_PAGE, {"id": "invoice 1", "first": 5}),
    (_BAD_PAGE, {"id": "invoice 1", "first": 0}),
    (PAY, {"invoice": "invoice 1", "amount": None}),
    ("{ customers { totalCount } invoices { totals { count total amountPaid } } }", {}),
]

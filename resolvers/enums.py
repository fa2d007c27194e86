"""The enums, spelled as the documented invoice object spells them, and what each value means.

Inputs and schema classes take them from here: Strawberry must know an enum's description before
the first class that uses it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from domain.access import Role
from domain.activity import ActivityKind
from domain.document import DocumentType
from domain.errors import UserErrorCode
from domain.export import ExportFormat
from domain.invoice import InvoiceStatus
from domain.line_item import LineItemType
from domain.payment import PaymentMethod, PaymentSource
from domain.quickbooks import QuickBooksState
from domain.terms import PaymentTerms

__all__ = [
    "ActivityKind",
    "DocumentType",
    "ExportFormat",
    "InvoiceOrderField",
    "InvoiceStatus",
    "LineItemType",
    "OrderDirection",
    "PaymentMethod",
    "PaymentSource",
    "PaymentTerms",
    "QuickBooksState",
    "Role",
    "UserErrorCode",
]


class OrderDirection(StrEnum):
    ASC = "asc"
    DESC = "desc"


class InvoiceOrderField(StrEnum):
    FULL_ID = "fullId"
    STATUS = "status"
    CUSTOMER_NAME = "customerName"
    INVOICE_DATE = "invoiceDate"
    DUE_DATE = "dueDate"
    SENT_AT = "sentAt"
    TOTAL = "total"
    AMOUNT_PAID = "amountPaid"
    OUTSTANDING_BALANCE = "outstandingBalance"
    CREATED_AT = "createdAt"


def _describe(kind: type[StrEnum], description: str, values: Mapping[str, str]) -> None:
    strawberry.enum(kind, description=description, graphql_name_from="value")
    # Strawberry has put it there; its decorator is typed to give back the plain enum.
    described: Any = kind
    definition: StrawberryEnumDefinition = described.__strawberry_definition__
    for value in definition.values:
        value.description = values[value.value]


_describe(
    InvoiceStatus,
    "How far an invoice has come. Overdue is not a status: see `isOverdue`.",
    {
        "created": "Made, not sent, nothing paid. Its line items can still be reviewed.",
        "sent": "Sent to the customer, nothing paid.",
        "partiallyPaid": "Something is paid, something is outstanding.",
        "paid": "Nothing is outstanding, and it was sent or something was paid.",
    },
)
_describe(
    PaymentTerms,
    "How long a customer has to pay, in calendar days from the invoice date.",
    {
        "pia": "Payment in advance: due on the invoice date.",
        "net0": "Due on the invoice date.",
        **{f"net{days}": f"Due after {days} days." for days in (7, 10, 15, 30, 45, 60, 90)},
        "eom": "Due on the last day of the invoice date's month.",
    },
)
_describe(
    PaymentMethod,
    "How money was received.",
    {
        "cheque": "A cheque.",
        "ach": "A transfer over the ACH network (United States).",
        "wire": "A wire transfer.",
        "eft": "An electronic funds transfer (Canada).",
        "creditCard": "A credit card.",
        "cash": "Cash.",
        "other": "Any other way.",
    },
)
_describe(
    PaymentSource,
    "Where something was recorded.",
    {
        "manual": "Here, by a person or a program using this API.",
        "quickBooks": "In QuickBooks Online; it is changed and deleted there only.",
    },
)
_describe(
    LineItemType,
    "What kind of charge a line item is.",
    {
        "freight": "The carriage itself.",
        "fuel": "Fuel surcharge.",
        "surcharge": "Any other surcharge.",
        "accessorial": "An extra service, such as an appointment or an inside delivery.",
        "liftgate": "Use of a liftgate.",
        "detention": "Waiting time.",
        "other": "Anything else.",
    },
)
_describe(
    ActivityKind,
    "What kind of change an activity tells of.",
    {
        "created": "It was made.",
        "updated": "Its own values were changed.",
        "lineItemsChanged": "A line item was added, changed or removed.",
        "sent": "It was sent to the customer.",
        "paymentRecorded": "A payment was recorded.",
        "paymentUpdated": "A payment was corrected.",
        "paymentDeleted": "A payment was deleted.",
        "documentAttached": "A document was attached.",
        "documentRemoved": "A document was removed.",
        "exported": "It was exported to QuickBooks.",
        "exportFailed": "It could not be exported to QuickBooks; the message says why.",
        "deleted": "It was deleted.",
    },
)
_describe(
    ExportFormat,
    "The form of a file.",
    {
        "csv": "For a spreadsheet: one row for each line item, with its invoice's columns.",
        "json": "For a program: JSON Lines, one invoice a line with its line items inside.",
    },
)
_describe(
    DocumentType,
    "What a document is.",
    {
        "billOfLading": "The carrier's receipt for the goods, and the contract of carriage.",
        "proofOfDelivery": "The receiver's signature for the goods.",
        "proofOfPickup": "The shipper's signature that the goods have left.",
        "rateConfirmation": "The rate agreed on with customer or carrier.",
        "commercialInvoice": "The seller's invoice for the goods, for customs.",
        "invoice": "The invoice itself, as a file.",
        "other": "Anything else.",
    },
)
_describe(
    QuickBooksState,
    "How far the export of an invoice to QuickBooks Online has come.",
    {
        "notExported": "Nobody has asked for it.",
        "queued": "It waits to be sent, for the first time or with its changes; usually for "
        "seconds.",
        "exported": "QuickBooks has it. Changes made here since then are sent when it is exported "
        "again.",
        "failed": "QuickBooks has not taken it; `error` says why. Export it again when that is "
        "put right.",
    },
)
_describe(
    Role,
    "What a viewer may do.",
    {
        "viewer": "Reads.",
        "clerk": "Reads and writes.",
        "admin": "Reads and writes, and connects accounting systems.",
    },
)
_describe(
    OrderDirection, "Which way to sort.", {"asc": "Smallest first.", "desc": "Largest first."}
)
_describe(
    InvoiceOrderField,
    "What invoices can be sorted by.",
    {
        "fullId": "The number in `fullId`.",
        "status": "Status, in the order created, sent, partiallyPaid, paid.",
        "customerName": "The customer's name, ignoring case.",
        "invoiceDate": "The invoice date.",
        "dueDate": "The due date.",
        "sentAt": "The day it was sent; not sent counts as after every day.",
        "total": "The total.",
        "amountPaid": "The amount paid.",
        "outstandingBalance": "The outstanding balance.",
        "createdAt": "When it was made.",
    },
)
_describe(
    UserErrorCode,
    "What is wrong, for programs. Codes never change their meaning.",
    {
        "NOT_FOUND": "There is no such object, or none that you may see.",
        "INVALID_INPUT": "The value at `path` cannot be accepted; the message says why.",
        "STALE_VERSION": "It has been changed since the version you expected. Read it again.",
        "IDEMPOTENCY_KEY_REUSED": "The idempotency key was used before, with another input.",
        "LIMIT_EXCEEDED": "More than is allowed at once; the message has the limit.",
        "INVOICE_LOCKED": "The invoice's status does not allow this change any more.",
        "INVOICE_EMPTY": "An invoice without line items cannot be sent or exported.",
        "INVOICE_HAS_PAYMENTS": "An invoice with payments cannot be deleted.",
        "ORDER_ALREADY_INVOICED": "The order is on a live invoice, which the message names.",
        "CUSTOMER_MISMATCH": "The objects belong to different customers.",
        "PAYMENT_EXCEEDS_BALANCE": "The amount is more than is outstanding; the error carries the "
        "balance.",
        "PAYMENT_DATE_IN_FUTURE": "A payment cannot be dated after today.",
        "PAYMENT_MANAGED_BY_QUICKBOOKS": "The payment belongs to QuickBooks; change or delete it "
        "there.",
        "QUICKBOOKS_NOT_CONNECTED": "QuickBooks is not connected, or has to be connected again.",
    },
)

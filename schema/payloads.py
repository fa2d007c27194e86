"""What mutations answer: the changed objects with their new totals and status, or userErrors."""

import strawberry

from resolvers.scalars import URL
from schema.customer import Customer
from schema.document import Document
from schema.fields import reference, value
from schema.invoice import Invoice
from schema.line_item import FinancialLineItem
from schema.order import Order
from schema.payment import Payment
from schema.quickbooks_connection import QuickBooksConnection
from schema.user_error import UserError

_ERRORS = "Why it was refused. Empty when it was done; otherwise nothing was changed."
_REPEATED = "Whether this very request, by its idempotency key, had been done before."
_INVOICE = "The invoice with its new totals, balance and status."


@strawberry.type(description="The answer to `createCustomer`.")
class CreateCustomerPayload:
    customer: Customer | None = reference("The new customer.")
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `updateCustomer`.")
class UpdateCustomerPayload:
    customer: Customer | None = reference("The customer as it is now.")
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `createOrder`.")
class CreateOrderPayload:
    order: Order | None = reference("The new order.")
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to adding, changing or removing a line item.")
class LineItemPayload:
    line_item: FinancialLineItem | None = reference("The line item; null after a removal.")
    invoice: Invoice | None = reference("The invoice it belongs to, with its new totals.")
    order: Order | None = reference("The order it belongs to, with its new totals.")
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `createInvoice`.")
class CreateInvoicePayload:
    invoice: Invoice | None = reference("The new invoice.")
    already_processed: bool = value(_REPEATED)
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `updateInvoice`.")
class UpdateInvoicePayload:
    invoice: Invoice | None = reference("The invoice as it is now.")
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `sendInvoice`.")
class SendInvoicePayload:
    invoice: Invoice | None = reference("The invoice as it is now.")
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `deleteInvoice`.")
class DeleteInvoicePayload:
    deleted_invoice_id: strawberry.ID | None = value("The id of the invoice that is gone.")
    orders: list[Order] | None = reference("Its orders, which can be invoiced anew.")
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `recordPayment`.")
class RecordPaymentPayload:
    payment: Payment | None = reference("The new payment.")
    invoice: Invoice | None = reference(_INVOICE)
    already_processed: bool = value(_REPEATED)
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `recordBatchPayment`.")
class RecordBatchPaymentPayload:
    batch_id: strawberry.ID | None = value("What the new payments have in common.")
    payments: list[Payment] | None = reference("The new payments, in the order of the input.")
    invoices: list[Invoice] | None = reference(
        "The invoices with their new balances, in the order of the input."
    )
    already_processed: bool = value(_REPEATED)
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `updatePayment`.")
class UpdatePaymentPayload:
    payment: Payment | None = reference("The payment as it is now.")
    invoice: Invoice | None = reference(_INVOICE)
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `deletePayment`.")
class DeletePaymentPayload:
    deleted_payment_id: strawberry.ID | None = value("The id of the payment that is gone.")
    invoice: Invoice | None = reference(_INVOICE)
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `attachDocument`.")
class AttachDocumentPayload:
    document: Document | None = reference("The new document; its bytes are still to come.")
    upload_url: URL | None = value(
        "Where to PUT the bytes: at most 25 MB (26,214,400 bytes), once, within the hour. Whoever "
        "has this address may use it."
    )
    invoice: Invoice | None = reference("The invoice with its documents as they are now.")
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `removeDocument`.")
class RemoveDocumentPayload:
    removed_document_id: strawberry.ID | None = value("The id of the document that is gone.")
    invoice: Invoice | None = reference("The invoice with its documents as they are now.")
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `exportInvoices`.")
class ExportInvoicesPayload:
    url: URL | None = value(
        "Where to GET the file for an hour, without a key: whoever has the address has the file."
    )
    count: int | None = value("How many invoices it would have now.")
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `exportInvoicesToQuickBooks`.")
class ExportInvoicesToQuickBooksPayload:
    invoices: list[Invoice] | None = reference(
        "The invoices, in the order of the input, with their new `quickBooks`."
    )
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `connectQuickBooks`.")
class ConnectQuickBooksPayload:
    authorization_url: URL | None = value(
        "Where a person says yes, once and within ten minutes. Whoever has this address decides "
        "which company is connected."
    )
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `disconnectQuickBooks`.")
class DisconnectQuickBooksPayload:
    quick_books: QuickBooksConnection | None = value("The connection as it is now.")
    user_errors: list[UserError] = value(_ERRORS)


@strawberry.type(description="The answer to `syncQuickBooks`.")
class SyncQuickBooksPayload:
    quick_books: QuickBooksConnection | None = value("The connection as it is now.")
    user_errors: list[UserError] = value(_ERRORS)

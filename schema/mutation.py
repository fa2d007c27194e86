"""What can be changed."""

import strawberry

from resolvers import (
    billing,
    customers,
    documents,
    exports,
    orders,
    payments,
    quickbooks_connection,
    quickbooks_exports,
)
from schema import payloads
from schema.fields import work


@strawberry.type(
    description="Changes. Most take one `input`; each answers one payload; what a person can put "
    "right is in `userErrors`, and then nothing was changed."
)
class Mutation:
    create_customer: payloads.CreateCustomerPayload | None = work(customers.create_customer)
    update_customer: payloads.UpdateCustomerPayload | None = work(customers.update_customer)
    create_order: payloads.CreateOrderPayload | None = work(orders.create_order)
    add_line_item: payloads.LineItemPayload | None = work(orders.add_line_item)
    update_line_item: payloads.LineItemPayload | None = work(orders.update_line_item)
    remove_line_item: payloads.LineItemPayload | None = work(orders.remove_line_item)
    create_invoice: payloads.CreateInvoicePayload | None = work(billing.create_invoice)
    update_invoice: payloads.UpdateInvoicePayload | None = work(billing.update_invoice)
    send_invoice: payloads.SendInvoicePayload | None = work(billing.send_invoice)
    delete_invoice: payloads.DeleteInvoicePayload | None = work(billing.delete_invoice)
    record_payment: payloads.RecordPaymentPayload | None = work(payments.record_payment)
    record_batch_payment: payloads.RecordBatchPaymentPayload | None = work(
        payments.record_batch_payment
    )
    update_payment: payloads.UpdatePaymentPayload | None = work(payments.update_payment)
    delete_payment: payloads.DeletePaymentPayload | None = work(payments.delete_payment)
    attach_document: payloads.AttachDocumentPayload | None = work(documents.attach_document)
    remove_document: payloads.RemoveDocumentPayload | None = work(documents.remove_document)
    export_invoices: payloads.ExportInvoicesPayload | None = work(exports.export_invoices)
    connect_quick_books: payloads.ConnectQuickBooksPayload | None = work(
        quickbooks_connection.connect_quick_books
    )
    disconnect_quick_books: payloads.DisconnectQuickBooksPayload | None = work(
        quickbooks_connection.disconnect_quick_books
    )
    export_invoices_to_quick_books: payloads.ExportInvoicesToQuickBooksPayload | None = work(
        quickbooks_exports.export_invoices_to_quick_books
    )
    sync_quick_books: payloads.SyncQuickBooksPayload | None = work(
        quickbooks_connection.sync_quick_books
    )

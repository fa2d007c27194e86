"""What can be changed."""

import strawberry

from resolvers import billing, customers, orders, payments
from schema import payloads
from schema.fields import changed_by


@strawberry.type(
    description="Changes. Each takes one `input` and answers one payload; what a person can put "
    "right is in `userErrors`, and then nothing was changed."
)
class Mutation:
    create_customer: payloads.CreateCustomerPayload | None = changed_by(customers.create_customer)
    update_customer: payloads.UpdateCustomerPayload | None = changed_by(customers.update_customer)
    create_order: payloads.CreateOrderPayload | None = changed_by(orders.create_order)
    add_line_item: payloads.LineItemPayload | None = changed_by(orders.add_line_item)
    update_line_item: payloads.LineItemPayload | None = changed_by(orders.update_line_item)
    remove_line_item: payloads.LineItemPayload | None = changed_by(orders.remove_line_item)
    create_invoice: payloads.CreateInvoicePayload | None = changed_by(billing.create_invoice)
    update_invoice: payloads.UpdateInvoicePayload | None = changed_by(billing.update_invoice)
    send_invoice: payloads.SendInvoicePayload | None = changed_by(billing.send_invoice)
    delete_invoice: payloads.DeleteInvoicePayload | None = changed_by(billing.delete_invoice)
    record_payment: payloads.RecordPaymentPayload | None = changed_by(payments.record_payment)
    record_batch_payment: payloads.RecordBatchPaymentPayload | None = changed_by(
        payments.record_batch_payment
    )
    update_payment: payloads.UpdatePaymentPayload | None = changed_by(payments.update_payment)
    delete_payment: payloads.DeletePaymentPayload | None = changed_by(payments.delete_payment)

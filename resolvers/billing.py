"""The mutations that make, change, send and delete invoices."""

from datetime import date
from typing import Any

import strawberry
from sqlmodel.ext.asyncio.session import AsyncSession

from engine.declare import Answer
from resolvers.changes import change, changes, given
from resolvers.context import Context
from resolvers.enums import PaymentTerms
from resolvers.inputs import AddressInput, LineItemInput, address_from, line_items_from
from services import billing, invoices
from services.author import Author
from services.billing import NewInvoice


@strawberry.input(description="A new invoice: from orders, from its own lines, or from both.")
class CreateInvoiceInput:
    order_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Orders of one customer, none of which is on a live invoice, at most 500. "
        "Their line items are copied as they are now, in this order.",
    )
    customer_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="Who is billed. Needed only without orders; must agree with them.",
    )
    line_items: list[LineItemInput] | None = strawberry.field(
        default=strawberry.UNSET, description="Lines of the invoice's own, after the copies."
    )
    invoice_date: date | None = strawberry.field(
        default=strawberry.UNSET, description="Default: today. May lie in the future."
    )
    terms: PaymentTerms | None = strawberry.field(
        default=strawberry.UNSET, description="Default: the customer's."
    )
    due_date: date | None = strawberry.field(
        default=strawberry.UNSET,
        description="Default: invoice date and terms. Given, it is set by hand and wins over them.",
    )
    notes: str | None = strawberry.field(
        default=strawberry.UNSET, description="At most 10,000 characters."
    )
    remit_to_address: AddressInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Where to pay, a factor's address often. Default: the organization's.",
    )
    idempotency_key: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="1 to 255 characters of your choice, kept 30 days. Sending the same request "
        "again with the same key answers the first invoice instead of making another.",
    )


async def create_invoice(context: Context, input: CreateInvoiceInput) -> Answer:
    """Bill orders: copy their line items to a new invoice in status `created`.

    Later changes to an order do not change the invoice. An order can be on one live invoice only;
    delete that before billing the order again.
    """
    new = NewInvoice(
        order_ids=given(input.order_ids) or (),
        customer_id=given(input.customer_id),
        line_items=line_items_from(input.line_items),
        invoice_date=given(input.invoice_date),
        terms=given(input.terms),
        due_date=given(input.due_date),
        notes=given(input.notes),
        remit_to_address=address_from(input.remit_to_address),
    )

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        invoice_id, is_repeated = await billing.create_invoice(
            session, author, new=new, idempotency_key=given(input.idempotency_key)
        )
        return {"invoice": invoice_id, "alreadyProcessed": is_repeated}

    return await change(context, "CreateInvoicePayload", work)


@strawberry.input(description="What to change of an invoice. What is left out stays; null clears.")
class UpdateInvoiceInput:
    id: strawberry.ID = strawberry.field(description="Which invoice.")
    invoice_date: strawberry.Maybe[date | None] = strawberry.field(
        description="Only while `created`. Cannot be cleared."
    )
    terms: strawberry.Maybe[PaymentTerms | None] = strawberry.field(
        description="The due date follows, unless it was set by hand. Cannot be cleared."
    )
    due_date: strawberry.Maybe[date | None] = strawberry.field(
        description="Set by hand; null goes back to invoice date and terms."
    )
    notes: strawberry.Maybe[str | None] = strawberry.field(description="At most 10,000 characters.")
    remit_to_address: strawberry.Maybe[AddressInput | None] = strawberry.field(
        description="Where to pay."
    )
    expected_version: int | None = strawberry.field(
        default=strawberry.UNSET,
        description="Refuse with `STALE_VERSION` unless the invoice is at this version.",
    )


async def update_invoice(context: Context, input: UpdateInvoiceInput) -> Answer:
    """Change an invoice that is not paid yet."""

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        wanted = changes(input, "invoice_date", "terms", "due_date", "notes", "remit_to_address")
        if "remit_to_address" in wanted:
            wanted["remit_to_address"] = address_from(wanted["remit_to_address"])
        invoice = await invoices.update_invoice(
            session,
            author,
            invoice_id=input.id,
            changes=wanted,
            expected_version=given(input.expected_version),
        )
        return {"invoice": invoice.id}

    return await change(context, "UpdateInvoicePayload", work)


@strawberry.input(description="An invoice that has been sent to its customer.")
class SendInvoiceInput:
    id: strawberry.ID = strawberry.field(description="Which invoice.")
    sent_at: date | None = strawberry.field(
        default=strawberry.UNSET, description="On which day. Default: today; not in the future."
    )
    expected_version: int | None = strawberry.field(
        default=strawberry.UNSET,
        description="Refuse with `STALE_VERSION` unless the invoice is at this version.",
    )


async def send_invoice(context: Context, input: SendInvoiceInput) -> Answer:
    """Say that an invoice has been sent. From then on its line items are locked.

    Sending again sets the day anew. An invoice without line items cannot be sent.
    """

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        invoice = await invoices.send_invoice(
            session,
            author,
            invoice_id=input.id,
            sent_at=given(input.sent_at),
            expected_version=given(input.expected_version),
        )
        return {"invoice": invoice.id}

    return await change(context, "SendInvoicePayload", work)


@strawberry.input(description="An invoice to delete.")
class DeleteInvoiceInput:
    id: strawberry.ID = strawberry.field(description="Which invoice.")
    reason: str | None = strawberry.field(
        default=strawberry.UNSET, description="Why, for the record; at most 500 characters."
    )


async def delete_invoice(context: Context, input: DeleteInvoiceInput) -> Answer:
    """Delete an invoice that has no payments. Its orders can then be invoiced anew.

    Its number is never used again.
    """

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        orders = await invoices.delete_invoice(
            session, author, invoice_id=input.id, reason=given(input.reason)
        )
        return {"deletedInvoiceId": input.id, "orders": list(orders)}

    return await change(context, "DeleteInvoicePayload", work)

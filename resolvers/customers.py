"""Customers: how they are found, and the mutations that change them."""

import strawberry
from sqlmodel.ext.asyncio.session import AsyncSession

from db import receivables, search
from engine.declare import Answer, Listing, OrderKey, computed
from engine.filters import flag
from resolvers import lists
from resolvers.changes import change, changes, given
from resolvers.context import Context
from resolvers.enums import PaymentTerms
from resolvers.inputs import AddressInput, address_from
from resolvers.scalars import CurrencyCode
from services import customers as service
from services.author import Author


@strawberry.input(description="Which customers. All given conditions hold; none given, all match.")
class CustomerFilter:
    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Words of the customer's name or fullId. Every word must be the beginning of "
        "a word there; case does not matter.",
    )
    has_outstanding_balance: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether the customer owes something."
    )


LIST = Listing(
    order=lists.always("name", OrderKey("name_folded")),
    filters={
        "search": lists.words(search.customer),
        "hasOutstandingBalance": flag(receivables.has_outstanding_balance),
    },
)


@computed("number")
def full_id(number: int) -> str:
    """The customer's number for people: `CUST-9`. Given once, never reused."""
    return f"CUST-{number}"


@strawberry.input(description="A new customer.")
class CreateCustomerInput:
    name: str = strawberry.field(description="Its name, 1 to 200 characters.")
    email: str | None = strawberry.field(
        default=strawberry.UNSET, description="Where invoices are sent."
    )
    phone: str | None = strawberry.field(
        default=strawberry.UNSET, description="At most 100 characters."
    )
    currency: CurrencyCode | None = strawberry.field(
        default=strawberry.UNSET,
        description="In which it is billed. Defaults to the organization's; cannot be changed.",
    )
    terms: PaymentTerms | None = strawberry.field(
        default=strawberry.UNSET,
        description="How long it has to pay, unless an invoice says otherwise. Default: `net30`.",
    )
    bill_to_address: AddressInput | None = strawberry.field(
        default=strawberry.UNSET, description="Where it is billed."
    )


async def create_customer(context: Context, input: CreateCustomerInput) -> Answer:
    """Create a customer."""

    async def work(session: AsyncSession, author: Author) -> dict[str, object]:
        customer = await service.create_customer(
            session,
            author,
            name=input.name,
            email=given(input.email),
            phone=given(input.phone),
            currency=given(input.currency),
            terms=given(input.terms),
            bill_to_address=address_from(input.bill_to_address),
        )
        return {"customer": customer.id}

    return await change(context, "CreateCustomerPayload", work)


@strawberry.input(description="What to change of a customer. What is left out stays; null clears.")
class UpdateCustomerInput:
    id: strawberry.ID = strawberry.field(description="Which customer.")
    name: strawberry.Maybe[str | None] = strawberry.field(
        description="Its name, 1 to 200 characters. Cannot be cleared."
    )
    email: strawberry.Maybe[str | None] = strawberry.field(description="Where invoices are sent.")
    phone: strawberry.Maybe[str | None] = strawberry.field(description="At most 100 characters.")
    terms: strawberry.Maybe[PaymentTerms | None] = strawberry.field(
        description="For invoices made from now on. Cannot be cleared."
    )
    bill_to_address: strawberry.Maybe[AddressInput | None] = strawberry.field(
        description="For invoices made from now on; earlier ones keep theirs."
    )
    expected_version: int | None = strawberry.field(
        default=strawberry.UNSET,
        description="Refuse with `STALE_VERSION` unless the customer is at this version.",
    )


async def update_customer(context: Context, input: UpdateCustomerInput) -> Answer:
    """Change a customer. Invoices already made keep the address they were made with."""

    async def work(session: AsyncSession, author: Author) -> dict[str, object]:
        wanted = changes(input, "name", "email", "phone", "terms", "bill_to_address")
        if "bill_to_address" in wanted:
            wanted["bill_to_address"] = address_from(wanted["bill_to_address"])
        customer = await service.update_customer(
            session,
            author,
            customer_id=input.id,
            changes=wanted,
            expected_version=given(input.expected_version),
        )
        return {"customer": customer.id}

    return await change(context, "UpdateCustomerPayload", work)

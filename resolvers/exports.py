"""The mutation that hands out a file of invoices, and what the file is made from."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
import strawberry
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.errors import DomainError, InvalidInput
from domain.export import LIFETIME
from engine.declare import Answer
from engine.errors import BadUserInput, Forbidden
from engine.inputs import written
from resolvers import invoices
from resolvers.changes import change, refused
from resolvers.context import Context
from resolvers.enums import ExportFormat
from resolvers.invoices import InvoiceFilter, InvoiceOrder
from services import exports as service
from services.author import Author

# What a file has: asked of the schema itself, so that filter, order and values are those of
# `Query.invoices`. JSON Lines are the nodes as they are; CSV takes its columns from them.
INVOICES = """
query Count($filter: InvoiceFilter, $orderBy: [InvoiceOrder!]) {
  invoices(filter: $filter, orderBy: $orderBy) { totalCount }
}
query Rows($filter: InvoiceFilter, $orderBy: [InvoiceOrder!], $first: Int) {
  invoices(filter: $filter, orderBy: $orderBy, first: $first) {
    nodes {
      id fullId status customer { id fullId name } invoiceDate dueDate terms sentAt currency
      subTotal taxTotal total amountPaid outstandingBalance notes
      lineItems { id type description quantity rate taxRate amount taxAmount total }
    }
  }
}
"""


@dataclass(frozen=True)
class Reader:
    """For whom a file is read, and on which day what is overdue in it."""

    organization_id: int
    today: date

    def check_may_change(self) -> None:
        raise Forbidden("A file is only read")

    def fetch(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Awaitable[Sequence[Sequence[Any]]]:
        raise AssertionError("a file is read at one moment only")

    fetch_own = fetch


@strawberry.input(description="Which invoices a file is to have, and in what form.")
class ExportInvoicesInput:
    filter: InvoiceFilter | None = strawberry.field(
        default=strawberry.UNSET, description="Which ones. Default: all."
    )
    order_by: list[InvoiceOrder] | None = strawberry.field(
        default=strawberry.UNSET,
        description="At most 3 fields; ties are broken by id. Default: newest first.",
    )
    format: ExportFormat = strawberry.field(description="For a spreadsheet, or for a program.")


async def export_invoices(context: Context, input: ExportInvoicesInput) -> Answer:
    """Ask for a file of all invoices that match, for an accounting system or a spreadsheet.

    The file is made while it is downloaded, of the invoices as they are then; all of it shows the
    same moment. Nothing is changed, so there is no activity.
    """
    given: dict[str, Any] = written(input)
    wanted = orjson.dumps({name: given.get(name) for name in ("filter", "orderBy")}).decode()
    try:
        count = await _count(context, orjson.loads(wanted))
    except DomainError as error:
        return refused("ExportInvoicesPayload", error)

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        path = service.ask(session, author, format=input.format, wanted=wanted)
        url = context.files.signer.url("GET", path, now=context.now, lifetime=LIFETIME)
        return {"url": url, "count": count}

    return await change(context, "ExportInvoicesPayload", work)


async def _count(context: Context, wanted: Mapping[str, Any]) -> int:
    """How many invoices there are now. What `invoices` would not answer is refused."""
    place = "order_by"
    try:
        invoices.LIST.order(wanted["orderBy"])
        place = "filter"
        return await context.invoices.count(wanted, context)
    except BadUserInput as error:
        raise InvalidInput(error.message, place) from error

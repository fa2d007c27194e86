"""The idiomatic server: Strawberry's own ASGI application over SQLAlchemy's async ORM."""

import os
from typing import Any

import strawberry
from sqlalchemy import make_url, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from strawberry.asgi import GraphQL

from benchmarks.idiomatic.loaders import ORGANIZATION_ID, Loaders
from benchmarks.idiomatic.payments import RecordPaymentInput, record
from benchmarks.idiomatic.types import Customer, Info, Invoice, Nodes
from db import tables
from domain.errors import DomainError
from resolvers.enums import InvoiceOrderField, InvoiceStatus, OrderDirection

_URL = make_url(os.environ["DATABASE_URL"]).set(drivername="postgresql+asyncpg")
_SESSIONS = async_sessionmaker(create_async_engine(_URL, pool_size=10), expire_on_commit=False)


@strawberry.input
class InvoiceFilter:
    customer_id: list[strawberry.ID]
    status: list[InvoiceStatus]


@strawberry.input
class InvoiceOrder:
    field: InvoiceOrderField
    direction: OrderDirection


@strawberry.input
class InvoiceBy:
    id: strawberry.ID


@strawberry.type
class UserError:
    code: str
    message: str


@strawberry.type
class RecordPaymentPayload:
    invoice: Invoice | None
    user_errors: list[UserError]


@strawberry.type
class Query:
    @strawberry.field
    async def invoices(
        self, info: Info, first: int, filter: InvoiceFilter, order_by: list[InvoiceOrder]
    ) -> Nodes[Invoice]:
        table: Any = tables.Invoice
        columns = {InvoiceOrderField.INVOICE_DATE: table.invoice_date}
        order = [
            columns[one.field].desc()
            if one.direction is OrderDirection.DESC
            else columns[one.field]
            for one in order_by
        ]
        statement = (
            select(tables.Invoice)
            .where(
                table.organization_id == ORGANIZATION_ID,
                table.deleted_at.is_(None),
                table.customer_id.in_(filter.customer_id),
                table.status.in_(filter.status),
            )
            .order_by(*order, table.id.desc())
            .limit(first)
        )
        return Nodes(nodes=await _rows(info, statement))

    @strawberry.field
    async def invoice(self, info: Info, by: InvoiceBy) -> Invoice | None:
        table: Any = tables.Invoice
        statement = select(tables.Invoice).where(
            table.organization_id == ORGANIZATION_ID,
            table.deleted_at.is_(None),
            table.id == by.id,
        )
        rows = await _rows(info, statement)
        return rows[0] if rows else None

    @strawberry.field
    async def customers(self, info: Info, first: int) -> Nodes[Customer]:
        table: Any = tables.Customer
        statement = (
            select(tables.Customer)
            .where(table.organization_id == ORGANIZATION_ID)
            .order_by(table.name_folded, table.id)
            .limit(first)
        )
        return Nodes(nodes=await _rows(info, statement))


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def record_payment(self, info: Info, input: RecordPaymentInput) -> RecordPaymentPayload:
        result = await record(info.context.sessions, input)
        if isinstance(result, DomainError):
            refusal = UserError(code=result.code, message=result.message)
            return RecordPaymentPayload(invoice=None, user_errors=[refusal])
        return RecordPaymentPayload(invoice=result, user_errors=[])


async def _rows(info: Info, statement: Any) -> Any:
    async with info.context.sessions() as session:
        return (await session.scalars(statement)).all()


class _Application(GraphQL[Loaders, None]):
    async def get_context(self, request: Any, response: Any) -> Loaders:
        return Loaders(_SESSIONS)


app = _Application(strawberry.Schema(Query, Mutation))

"""Search by the beginnings of words, on a plain ordered index."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, delete, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from db.tables import InvoiceOrder, Payment, SearchWord
from domain.text import search_terms, searchable_words

# Sorts after every character that a word can go on with.
_AFTER_ALL = "\U0010ffff"

Found = Callable[[FromClause, int, str], ColumnElement[bool]]
Texts = tuple[str | None, ...]


def customer_texts(full_id: str, name: str) -> Texts:
    """What a customer is found by; of orders, invoices and payments the next ones tell."""
    return full_id, name


def order_texts(full_id: str, po_number: str | None, ref_number: str | None) -> Texts:
    return full_id, po_number, ref_number


def invoice_texts(full_id: str, notes: str | None) -> Texts:
    return full_id, notes


def payment_texts(reference_number: str | None, notes: str | None) -> Texts:
    return reference_number, notes


async def write(
    session: AsyncSession, organization_id: int, object_id: str, texts: Sequence[str | None]
) -> None:
    """Make an object findable by these texts, and by no others."""
    await session.exec(
        delete(SearchWord).where(
            col(SearchWord.organization_id) == organization_id,
            col(SearchWord.object_id) == object_id,
        )
    )
    session.add_all(
        SearchWord(organization_id=organization_id, object_id=object_id, word=word)
        for word in sorted(searchable_words(texts))
    )


def matches(found: Found) -> Callable[[FromClause, str, Any], ColumnElement[bool]]:
    """A filter: every word of the search is the beginning of a word of what `found` looks at."""

    def condition(row: FromClause, search: str, request: Any) -> ColumnElement[bool]:
        organization_id: int = request.organization_id
        return and_(
            row.c.organization_id == organization_id,
            *(found(row, organization_id, term) for term in search_terms(search)),
        )

    return condition


def customer(row: FromClause, organization_id: int, term: str) -> ColumnElement[bool]:
    return row.c.id.in_(_objects(organization_id, term))


def order(row: FromClause, organization_id: int, term: str) -> ColumnElement[bool]:
    objects = _objects(organization_id, term)
    return or_(row.c.id.in_(objects), row.c.customer_id.in_(objects))


def payment(row: FromClause, organization_id: int, term: str) -> ColumnElement[bool]:
    objects = _objects(organization_id, term)
    return or_(row.c.id.in_(objects), row.c.invoice_id.in_(objects), row.c.customer_id.in_(objects))


def invoice(row: FromClause, organization_id: int, term: str) -> ColumnElement[bool]:
    """By its own words, its customer's, its orders' and its payments'."""
    objects = _objects(organization_id, term)
    orders = select(col(InvoiceOrder.invoice_id)).where(
        col(InvoiceOrder.organization_id) == organization_id,
        col(InvoiceOrder.released_at).is_(None),
        col(InvoiceOrder.order_id).in_(objects),
    )
    payments = select(col(Payment.invoice_id)).where(
        col(Payment.organization_id) == organization_id,
        col(Payment.deleted_at).is_(None),
        col(Payment.id).in_(objects),
    )
    return or_(
        row.c.id.in_(objects),
        row.c.customer_id.in_(objects),
        row.c.id.in_(orders),
        row.c.id.in_(payments),
    )


def _objects(organization_id: int, term: str) -> Select[Any]:
    return select(col(SearchWord.object_id)).where(
        col(SearchWord.organization_id) == organization_id,
        col(SearchWord.word) >= term,
        col(SearchWord.word) < term + _AFTER_ALL,
    )

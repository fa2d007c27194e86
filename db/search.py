"""Search by the beginnings of words, on a plain ordered index."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, delete, inspect, select, union_all
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from db import ids
from db.tables import Invoice, InvoiceOrder, Order, Payment, SearchWord
from domain.text import searchable_words

# Sorts after every character that a word can go on with.
_AFTER_ALL = "\U0010ffff"

# From the beginning of a word to the end of all words that begin so.
Range = tuple[ColumnElement[str], ColumnElement[str]]
Found = Callable[[FromClause, Any, Range], ColumnElement[bool]]
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


def end_of(term: str) -> str:
    """What sorts after every word that begins with the term."""
    return term + _AFTER_ALL


def matches(
    found: Found, row: FromClause, terms: Sequence[Range], organization_id: Any
) -> ColumnElement[bool]:
    """Every word of the search is the beginning of a word of what `found` looks at."""
    return and_(
        row.c.organization_id == organization_id,
        *(found(row, organization_id, term) for term in terms),
    )


def customer(row: FromClause, organization_id: Any, term: Range) -> ColumnElement[bool]:
    return row.c.id.in_(_Found(organization_id, term).objects(ids.CUSTOMER))


def order(row: FromClause, organization_id: Any, term: Range) -> ColumnElement[bool]:
    """By its own words and its customer's."""
    found = _Found(organization_id, term)
    by_customer = found.rows(Order, "customer_id", ids.CUSTOMER, answer="id")
    return row.c.id.in_(union_all(found.objects(ids.ORDER), by_customer))


def payment(row: FromClause, organization_id: Any, term: Range) -> ColumnElement[bool]:
    """By its own words, its invoice's and its customer's."""
    found = _Found(organization_id, term)
    by_invoice = found.rows(Payment, "invoice_id", ids.INVOICE, answer="id")
    by_customer = found.rows(Payment, "customer_id", ids.CUSTOMER, answer="id")
    return row.c.id.in_(union_all(found.objects(ids.PAYMENT), by_invoice, by_customer))


def invoice(row: FromClause, organization_id: Any, term: Range) -> ColumnElement[bool]:
    """By its own words, its customer's, its orders' and its payments'."""
    found = _Found(organization_id, term)
    by_customer = found.rows(Invoice, "customer_id", ids.CUSTOMER, answer="id")
    by_order = found.rows(
        InvoiceOrder, "order_id", ids.ORDER, answer="invoice_id", live="released_at"
    )
    by_payment = found.rows(Payment, "id", ids.PAYMENT, answer="invoice_id", live="deleted_at")
    own = found.objects(ids.INVOICE)
    return row.c.id.in_(union_all(own, by_customer, by_order, by_payment))


class _Found:
    """What has a word that begins with the term."""

    def __init__(self, organization_id: Any, term: Range) -> None:
        self._organization_id = organization_id
        self._first, self._end = term

    def objects(self, prefix: str) -> Select[Any]:
        """Those whose ids begin with the prefix, and so are of one type."""
        return select(col(SearchWord.object_id)).where(
            col(SearchWord.organization_id) == self._organization_id,
            col(SearchWord.word) >= self._first,
            col(SearchWord.word) < self._end,
            col(SearchWord.object_id) >= f"{prefix}_",
            col(SearchWord.object_id) < f"{prefix}_{_AFTER_ALL}",
        )

    def rows(
        self, model: type[object], key: str, prefix: str, *, answer: str, live: str | None = None
    ) -> Select[Any]:
        """The `answer` of the rows whose `key` is one of the objects, and whose `live` is null."""
        table = inspect(model).local_table.alias()
        rows = select(table.c[answer]).where(
            table.c.organization_id == self._organization_id,
            table.c[key].in_(self.objects(prefix)),
        )
        return rows if live is None else rows.where(table.c[live].is_(None))

"""The audit proves what can be proved of documents."""

import pytest
from sqlalchemy import text

from db import audit
from db.database import Database
from db.tables import Document
from domain.document import DocumentType
from tests.bookkeeper import keep_books
from tests.conftest import NOW

ID = "document_01h455vb4pex5vsknk084sn02q"
WITHOUT_CHECKS = """
    SELECT format('ALTER TABLE documents DROP CONSTRAINT %I', conname) FROM pg_constraint
    WHERE contype = 'c' AND conrelid = 'documents'::regclass
"""


@pytest.fixture
async def books(database: Database) -> Database:
    """INVOICE-1 with a document that has arrived; INVOICE-2 is deleted."""
    await keep_books(database, organization_id=1)
    await add(database, ID, "number = 1")
    return database


async def add(database: Database, document_id: str, invoice: str) -> None:
    async with database.transaction() as session:
        connection = await session.connection()
        found = await connection.scalar(text(f"SELECT id FROM invoices WHERE {invoice}"))
        session.add(
            Document(
                organization_id=1,
                id=document_id,
                invoice_id=str(found),
                document_type=DocumentType.OTHER,
                file_name="a.pdf",
                mime_type="application/pdf",
                created_by="Somebody",
                created_at=NOW,
                uploaded_at=NOW,
                size_bytes=3,
                sha256="a" * 64,
            )
        )


async def corrupt(database: Database, change: str) -> None:
    """Change what constraints would not let anybody change."""
    async with database.engine.begin() as connection:
        if database.is_sqlite:
            await connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        else:
            for unchecked in (await connection.scalars(text(WITHOUT_CHECKS))).all():
                await connection.exec_driver_sql(unchecked)
        changed = await connection.execute(text(f"UPDATE documents SET {change}"))
        assert changed.rowcount == 1


async def test_honest_documents_differ_in_nothing(books: Database) -> None:
    report = await audit.report(books)
    assert report.differences == []
    assert report.checked["documents"] == 1


@pytest.mark.parametrize(
    ("change", "how"),
    [
        ("sha256 = NULL", "of its bytes only some is known: when, how many, their digest"),
        ("uploaded_at = NULL", "of its bytes only some is known: when, how many, their digest"),
        ("size_bytes = NULL", "of its bytes only some is known: when, how many, their digest"),
        ("size_bytes = 26214401", "it cannot have 26,214,401 bytes"),
        ("size_bytes = -1", "it cannot have -1 bytes"),
        ("sha256 = 'beef'", "“beef” is no SHA-256"),
        (
            "invoice_id = (SELECT id FROM invoices WHERE number = 2)",
            "INVOICE-2 is deleted, but it is not",
        ),
    ],
)
async def test_a_corrupted_document_is_named(books: Database, change: str, how: str) -> None:
    await corrupt(books, change)
    assert await audit.differences(books) == [f"Document {ID} of organization 1: {how}"]


async def test_a_removed_document_of_a_deleted_invoice_is_all_right(books: Database) -> None:
    invoice = "(SELECT id FROM invoices WHERE number = 2)"
    deleted = "deleted_at = created_at, deleted_by = 'x'"
    await corrupt(books, f"invoice_id = {invoice}, {deleted}")
    assert await audit.differences(books) == []


async def test_more_documents_than_an_invoice_may_have_are_told_of(books: Database) -> None:
    for number in range(100):
        await add(books, f"document_{number:026}", "number = 1")
    assert await audit.differences(books) == [
        "INVOICE-1 of organization 1: it has 101 documents of 100"
    ]


@pytest.mark.parametrize(
    "change",
    ["sha256 = NULL", "size_bytes = NULL", "size_bytes = 26214401", "deleted_at = created_at"],
)
async def test_the_database_refuses_most_of_it(books: Database, change: str) -> None:
    with pytest.raises(Exception, match="ck_documents_"):
        async with books.engine.begin() as connection:
            await connection.execute(text(f"UPDATE documents SET {change}"))
    assert await audit.differences(books) == []

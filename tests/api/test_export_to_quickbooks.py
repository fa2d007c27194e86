"""exportInvoicesToQuickBooks: what is asked for, what is refused, and what an invoice shows."""

import re
from typing import Any

import pytest

from db.database import Database
from domain.quickbooks import QuickBooksState
from tests.client import Client
from tests.companies import REALM, awaited, connect, copies, exported, put_copy
from tests.conftest import NOW
from tests.factories import create_invoice, delete_invoice
from tests.readings import refused_unchanged

EXPORT = "exportInvoicesToQuickBooks"
LINK = "quickBooks { state quickBooksId exportedAt error }"
NONE = {"state": "notExported", "quickBooksId": None, "exportedAt": None, "error": None}


async def link_of(api: Client, invoice_id: str) -> dict[str, object]:
    query = f"query ($id: ID!) {{ invoice(by: {{id: $id}}) {{ {LINK} }} }}"
    return (await api.execute(query, id=invoice_id))["invoice"]["quickBooks"]


async def test_invoices_are_queued_in_the_order_given(api: Client, database: Database) -> None:
    await connect(database)
    first, second = [await create_invoice(api, "10.00") for _ in "ab"]

    payload = await api.done(
        EXPORT, f"invoices {{ id {LINK} }}", invoiceIds=[second["id"], first["id"]]
    )

    queued = {**NONE, "state": "queued"}
    assert payload["invoices"] == [
        {"id": second["id"], "quickBooks": queued},
        {"id": first["id"], "quickBooks": queued},
    ]
    assert await awaited(database) == [
        ("pushInvoice", one["id"], f'{{"realm": "{REALM}"}}') for one in (first, second)
    ]


async def test_an_id_twice_counts_once(api: Client, database: Database) -> None:
    await connect(database)
    invoice = await create_invoice(api, "10.00")

    payload = await api.done(EXPORT, "invoices { id }", invoiceIds=[invoice["id"]] * 101)

    assert payload["invoices"] == [{"id": invoice["id"]}]
    assert len(await awaited(database)) == 1


@pytest.mark.parametrize(
    "connection",
    [
        None,
        {"disconnected_at": NOW, "tokens": None},
        {"reconnect_reason": "The company's QuickBooks subscription has ended"},
    ],
    ids=["never", "no longer", "needs reconnect"],
)
async def test_refused_without_a_working_connection(
    api: Client, database: Database, connection: dict[str, Any] | None
) -> None:
    if connection is not None:
        await connect(database, **connection)
    invoice = await create_invoice(api, "10.00")

    error = await refused_unchanged(api, EXPORT, invoiceIds=[invoice["id"]])

    assert error["code"] == "QUICKBOOKS_NOT_CONNECTED"
    assert error["path"] == ["input"]
    assert await copies(database) == []


async def test_all_or_nothing(api: Client, database: Database) -> None:
    await connect(database)
    invoice = await create_invoice(api, "10.00")
    gone = await create_invoice(api, "10.00")
    await delete_invoice(api, gone)
    empty = await create_invoice(api)

    missing = await refused_unchanged(api, EXPORT, invoiceIds=[invoice["id"], gone["id"]])
    without = await refused_unchanged(api, EXPORT, invoiceIds=[invoice["id"], empty["id"]])

    assert missing == {
        "__typename": "InputError",
        "code": "NOT_FOUND",
        "message": "There is no invoice with this id",
        "path": ["input", "invoiceIds", "1"],
    }
    assert without == {
        "__typename": "InvoiceStateError",
        "code": "INVOICE_EMPTY",
        "message": "INVOICE-3 has no line items: add one before exporting it",
        "path": ["input", "invoiceIds", "1"],
        "invoice": {"fullId": "INVOICE-3"},
    }
    assert await copies(database) == []
    assert await awaited(database) == []


async def test_none_and_more_than_a_hundred_are_refused(api: Client, database: Database) -> None:
    await connect(database)

    none = await refused_unchanged(api, EXPORT, invoiceIds=[])
    many = await refused_unchanged(api, EXPORT, invoiceIds=[f"invoice_{n}" for n in range(101)])

    assert (none["code"], none["path"]) == ("INVALID_INPUT", ["input", "invoiceIds"])
    assert (many["code"], many["path"]) == ("LIMIT_EXCEEDED", ["input", "invoiceIds"])
    assert many["message"] == "At most 100 invoices can be exported at once"


async def test_an_invoice_that_nobody_exported_says_so(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")

    assert await link_of(api, invoice["id"]) == NONE


async def test_an_exported_invoice_is_sent_again_only_when_it_has_changed(
    api: Client, database: Database
) -> None:
    await connect(database)
    invoice = await create_invoice(api, "10.00")
    await exported(database, invoice["id"])

    await api.done(EXPORT, "invoices { id }", invoiceIds=[invoice["id"]])
    assert (await link_of(api, invoice["id"]))["state"] == "exported"
    assert await awaited(database) == []

    await api.done("updateInvoice", "invoice { id }", id=invoice["id"], notes="Call first")
    await api.done(EXPORT, "invoices { id }", invoiceIds=[invoice["id"]])
    assert await link_of(api, invoice["id"]) == {
        "state": "queued",
        "quickBooksId": "145",
        "exportedAt": "2026-03-10T14:06:00.000Z",
        "error": None,
    }
    assert len(await awaited(database)) == 1


async def test_one_that_failed_is_tried_again(api: Client, database: Database) -> None:
    await connect(database)
    invoice = await create_invoice(api, "10.00")
    await put_copy(database, invoice["id"], state=QuickBooksState.FAILED, error="Books are closed")
    assert await link_of(api, invoice["id"]) == {
        **NONE,
        "state": "failed",
        "error": "Books are closed",
    }

    await api.done(EXPORT, "invoices { id }", invoiceIds=[invoice["id"]])

    assert await link_of(api, invoice["id"]) == {**NONE, "state": "queued"}


async def test_a_copy_that_is_gone_is_made_anew_when_asked_for(
    api: Client, database: Database
) -> None:
    await connect(database)
    invoice = await create_invoice(api, "10.00")
    await exported(database, invoice["id"], gone_at=NOW, is_attempted=True)

    await api.done(EXPORT, "invoices { id }", invoiceIds=[invoice["id"]])

    [copy] = await copies(database)
    assert (copy.generation, copy.quickbooks_id, copy.is_attempted) == (2, None, False)
    assert (copy.state, copy.gone_at) == (QuickBooksState.QUEUED, None)


async def test_another_company_has_none_of_the_copies(api: Client, database: Database) -> None:
    await connect(database)
    invoice = await create_invoice(api, "10.00")
    await exported(database, invoice["id"])

    await connect(database, realm_id="42")
    assert await link_of(api, invoice["id"]) == NONE

    await connect(database)
    assert (await link_of(api, invoice["id"]))["quickBooksId"] == "145"


async def test_deleting_an_invoice_asks_for_its_copy_to_be_voided(
    api: Client, database: Database
) -> None:
    await connect(database)
    never, sent = [await create_invoice(api, "10.00") for _ in "ab"]
    await exported(database, sent["id"])

    for invoice in (never, sent):
        await delete_invoice(api, invoice)

    assert [key for _, key, _ in await awaited(database)] == [sent["id"]]


@pytest.mark.parametrize(
    ("states", "found"),
    [
        (["notExported"], ["INVOICE-1"]),
        (["queued"], ["INVOICE-2"]),
        (["exported"], ["INVOICE-3"]),
        (["failed"], ["INVOICE-4"]),
        (["failed", "queued"], ["INVOICE-2", "INVOICE-4"]),
        (["notExported", "exported", "failed"], ["INVOICE-1", "INVOICE-3", "INVOICE-4"]),
        ([], []),
    ],
)
async def test_invoices_are_found_by_state(
    api: Client, database: Database, states: list[str], found: list[str]
) -> None:
    await connect(database)
    _, queued, sent, failed = [await create_invoice(api, "10.00") for _ in "abcd"]
    await put_copy(database, queued["id"])
    await exported(database, sent["id"])
    await put_copy(database, failed["id"], state=QuickBooksState.FAILED, error="No")

    query = """query ($states: [QuickBooksState!]) {
        invoices(filter: {quickBooksState: $states}, orderBy: [{field: fullId}]) {
            nodes { fullId } totalCount } }"""
    answer = (await api.execute(query, states=states))["invoices"]

    assert answer == {"nodes": [{"fullId": one} for one in found], "totalCount": len(found)}


async def test_without_any_connection_all_are_not_exported(api: Client) -> None:
    await create_invoice(api, "10.00")

    query = "{ invoices(filter: {quickBooksState: [notExported]}) { totalCount } }"
    assert (await api.execute(query))["invoices"]["totalCount"] == 1


async def test_the_copy_is_read_with_its_invoice(
    api: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await connect(database)
    await exported(database, (await create_invoice(api, "10.00"))["id"])
    statements: list[str] = []
    fetch = database.fetch

    async def noted(text: str, *args: Any, **options: Any) -> Any:
        statements.append(text)
        return await fetch(text, *args, **options)

    monkeypatch.setattr(database, "fetch", noted)
    await api.execute(f"{{ invoices {{ nodes {{ fullId {LINK} }} }} }}")

    [statement] = statements
    assert "JOIN" not in statement
    # Of the page, of each of the four values, and of the company in each of them.
    assert len(re.findall(r"organization_id = ", statement)) == 9

"""An organization that lives beside the tested one, in the same database, and must notice nothing.

It has the names, numbers and keys that tests use as well, so that whatever forgets to ask for the
organization finds too much.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from app import create_app
from db import organizations
from db.database import Database
from endpoints.access import Demo
from tests.client import FILES, Client, Clock
from tests.companies import connect, put_copy
from tests.endpoints import client
from tests.factories import (
    address,
    create_customer,
    create_invoice,
    create_order,
    record_payment,
    send_invoice,
)
from tests.keyed import made_key
from tests.organizations import made_organization
from tests.owned import Rows, owner, rows_of, tables, write

NEIGHBOUR = 77


@dataclass(frozen=True)
class Neighbour:
    """Its rows, written to one database and copied to all others."""

    rows: Rows

    async def move_in(self, database: Database) -> None:
        await write(database, self.rows)


async def made(url: str) -> Neighbour:
    """Makes one by the API, in an empty database."""
    database = Database(url)
    await made_organization(database, NEIGHBOUR, "Demo Freight")
    await made_key(database, NEIGHBOUR)
    async with database.transaction() as session:
        organization = await organizations.get(session, NEIGHBOUR)
    app = create_app(database, Demo(organization), files=FILES, clock=Clock())
    async with client(app) as http:
        await _live(Client(http), database)
    rows = await rows_of(database, NEIGHBOUR)
    await database.close()
    return Neighbour(rows)


async def seen_in(database: Database) -> list[list[tuple[Any, ...]]]:
    """Every row that the neighbour has, table by table, as the driver reads it: that is fast."""
    texts = _texts("?" if database.is_sqlite else "$1")
    return [[tuple(row) for row in await database.fetch_own(text, (NEIGHBOUR,))] for text in texts]


@cache
def _texts(mark: str) -> list[str]:
    return [
        f"SELECT * FROM {table.name} WHERE {owner(table).name} = {mark}"
        f" ORDER BY {', '.join(column.name for column in table.primary_key)}"
        for table in tables()
    ]


async def _live(api: Client, database: Database) -> None:
    """A little of everything, as tests have it."""
    customer = await create_customer(api, billToAddress=address())
    orders = [await create_order(api, "100.00", "50.00", customer_id=customer["id"]) for _ in "ab"]
    invoice = await create_invoice(api, orderIds=[orders[0]["id"]], idempotencyKey="key-1")
    await send_invoice(api, invoice)
    await record_payment(
        api, invoice, "10.00", referenceNumber="1042", notes="Rush", idempotencyKey="key-2"
    )
    await create_invoice(api, "20.00", customerId=customer["id"], notes="Rush delivery")
    await connect(database, NEIGHBOUR)
    await put_copy(database, invoice["id"], organization_id=NEIGHBOUR, quickbooks_id="145")

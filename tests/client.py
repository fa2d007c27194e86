"""A GraphQL client as a frontend has one, with numbers kept exact."""

import json
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2

from db.database import Database
from services.files import Files
from services.signing import Signer
from services.storage import open_storage
from tests.conftest import NOW

SIGNER = Signer(b"the secret of the tests", "http://test")
# For tests without files; those with files have a folder of their own.
FILES = Files(SIGNER, open_storage("memory:///", Path(tempfile.gettempdir())))


@dataclass
class Clock:
    """A day that passes only when a test says so."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def turn_to(self, day: date) -> None:
        """Noon of that day in Toronto."""
        self.now = datetime.combine(day, time(17), tzinfo=UTC)


@dataclass
class Client:
    """Sends operations; `execute` answers the data, `errors` the errors."""

    http: httpx2.AsyncClient
    clock: Clock = field(default_factory=Clock)
    # For tests that look at what stands behind the API.
    database: Database | None = None

    async def send(self, query: str, **variables: object) -> dict[str, Any]:
        """The whole answer, whatever it is."""
        body = json.dumps({"query": query, "variables": variables}, default=_number)
        response = await self.http.post(
            "/graphql", content=body, headers={"content-type": "application/json"}
        )
        return json.loads(response.text, parse_float=Decimal)

    async def execute(self, query: str, **variables: object) -> dict[str, Any]:
        """The data, or a test failure that shows the errors."""
        answer = await self.send(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def errors(self, query: str, **variables: object) -> list[dict[str, Any]]:
        """The errors, or a test failure that shows the data."""
        answer = await self.send(query, **variables)
        assert "errors" in answer, answer
        return answer["errors"]

    async def change(self, mutation: str, selection: str, **input: object) -> dict[str, Any]:
        """A mutation's payload; `selection` is what to ask of it beside userErrors."""
        kind = mutation[0].upper() + mutation[1:]
        query = f"""mutation ($input: {kind}Input!) {{
            {mutation}(input: $input) {{ {selection} {USER_ERRORS} }}
        }}"""
        return (await self.execute(query, input=input))[mutation]

    async def done(self, mutation: str, selection: str, **input: object) -> dict[str, Any]:
        """A mutation's payload, or a test failure that shows why it was refused."""
        payload = await self.change(mutation, selection, **input)
        assert payload.pop("userErrors") == []
        return payload

    async def refused(self, mutation: str, **input: object) -> dict[str, Any]:
        """The one reason for which a mutation was refused, or a test failure."""
        payload = await self.change(mutation, "__typename", **input)
        [error] = payload["userErrors"]
        return error


USER_ERRORS = """userErrors {
    __typename code message path
    ... on InvoiceStateError { invoice { fullId } }
    ... on PaymentExceedsBalanceError { outstandingBalance }
}"""


def _number(value: Any) -> Any:
    if isinstance(value, Decimal | date):
        return str(value)
    raise TypeError(value)

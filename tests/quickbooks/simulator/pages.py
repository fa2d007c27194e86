"""The page at /: what a person in QuickBooks sees, and the payments that they record there."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from html import escape
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from .books import Books
from .clock import today
from .faults import Refusal
from .json_text import Json
from .page_text import PAGE, SECTION
from .person import Person
from .settlement import links
from .simulator import Simulator

Cell = str | Decimal


class Pages:
    """One simulator's page, for all of its companies."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def routes(self) -> list[Route]:
        return [
            Route("/", self.show, methods=["GET"]),
            Route("/companies/{realm}/payments", self.record, methods=["POST"]),
            Route("/companies/{realm}/{action}", self.act, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        said = request.query_params.get("said", "")
        sections = "".join(map(self._section, self._simulator.companies.values()))
        shown = f'<p class="said">{escape(said)}</p>' if said else ""
        return HTMLResponse(PAGE.format(said=shown, sections=sections))

    async def record(self, request: Request) -> Response:
        """Every invoice with an amount beside it is paid by this one payment."""
        form = dict(parse_qsl((await request.body()).decode()))
        lines = {
            name.removeprefix("pay-"): value.strip()
            for name, value in form.items()
            if name.startswith("pay-") and value.strip()
        }

        def do(person: Person) -> str:
            if not lines:
                raise Refusal("2020", "Enter an amount beside at least one invoice.")
            made = person.record_payment(
                lines,
                total=form.get("total") or None,
                date=form.get("date") or None,
                reference=form.get("reference") or None,
                note=form.get("note") or None,
                method=form.get("method") or None,
            )
            return f"Payment {made['Id']} was recorded."

        return self._done(request, do)

    async def act(self, request: Request) -> Response:
        """A button beside an invoice or a payment."""
        form = dict(parse_qsl((await request.body()).decode()))
        row_id = form.get("id", "")

        def do(person: Person) -> str:
            match request.path_params["action"]:
                case "void_payment":
                    person.void_payment(row_id)
                case "delete_payment":
                    person.delete_payment(row_id)
                case "void_invoice":
                    person.void_invoice(row_id)
                case "delete_invoice":
                    person.delete_invoice(row_id)
                case _:
                    raise Refusal("610")
            return "Done."

        return self._done(request, do)

    def _done(self, request: Request, do: Callable[[Person], str]) -> Response:
        try:
            said = do(self._simulator.person_in(request.path_params["realm"]))
        except Refusal as refusal:
            said = str(refusal)
        except InvalidOperation:
            said = "That is no amount."
        return RedirectResponse(f"/?said={quote(said)}", 303)

    def _section(self, books: Books) -> str:
        person = Person(books)
        invoices = person.see_all("Invoice")[::-1]
        numbers = {each["Id"]: str(each.get("DocNumber", "")) for each in invoices}
        grants = self._simulator.grants.grants
        connected = any(each.realm == books.realm and not each.revoked for each in grants)
        methods = [str(each["Name"]) for each in person.see_all("PaymentMethod")]
        return SECTION.format(
            name=escape(books.name),
            realm=escape(books.realm),
            connected="connected" if connected else "not connected",
            currency=escape(books.preferences.home_currency),
            invoices="".join(_invoice(books.realm, each) for each in invoices)
            or '<tr><td colspan="8">No invoices yet.</td></tr>',
            payments="".join(
                _payment(books.realm, each, numbers) for each in person.see_all("Payment")[::-1]
            )
            or '<tr><td colspan="8">No payments yet.</td></tr>',
            methods="".join(f"<option>{escape(name)}</option>" for name in methods),
            today=today(books.clock).isoformat(),
        )


def _invoice(realm: str, told: Json) -> str:
    pay = (
        f'<input form="record-{realm}" name="pay-{told["Id"]}" inputmode="decimal" size="8"'
        f' aria-label="Pay on invoice {escape(str(told.get("DocNumber", "")))}">'
        if told["Balance"]
        else ""
    )
    cells: list[Cell] = [
        str(told.get("DocNumber", "")),
        told["CustomerRef"]["name"],
        told["TxnDate"],
        told["DueDate"],
        told["TotalAmt"],
        told["Balance"],
    ]
    buttons = _buttons(realm, "invoice", told["Id"], told.get("PrivateNote"))
    return f"<tr>{_cells(cells)}<td>{pay}</td><td>{buttons}</td></tr>"


def _payment(realm: str, told: Json, numbers: dict[str, str]) -> str:
    applied = ", ".join(
        f"{numbers.get(row_id, f'{kind} {row_id}')}: {part:.2f}"
        for (kind, row_id), part in links(told).items()
    )
    cells: list[Cell] = [
        told["Id"],
        told["CustomerRef"]["name"],
        told["TxnDate"],
        told["TotalAmt"],
        applied,
        str(told.get("PaymentRefNum", "")),
        str(told.get("PrivateNote", "")),
    ]
    buttons = _buttons(realm, "payment", told["Id"], told.get("PrivateNote"))
    return f"<tr>{_cells(cells)}<td>{buttons}</td></tr>"


def _cells(values: list[Cell]) -> str:
    return "".join(
        f'<td class="amount">{value:,.2f}</td>'
        if isinstance(value, Decimal)
        else f"<td>{escape(value)}</td>"
        for value in values
    )


def _buttons(realm: str, kind: str, row_id: str, note: Any) -> str:
    is_void = str(note or "").startswith("Voided")
    return "".join(
        f'<form method="post" action="/companies/{realm}/{action}_{kind}">'
        f'<button name="id" value="{row_id}">{action.title()}</button></form>'
        for action in (("delete",) if is_void else ("void", "delete"))
    )

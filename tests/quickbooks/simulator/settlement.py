"""What payments leave open of invoices and of credit memos."""

from collections.abc import Iterable
from decimal import Decimal

from .books import Books, Row
from .json_text import Json

SETTLED = ("Invoice", "CreditMemo")
Link = tuple[str, str]


def links(body: Json) -> dict[Link, Decimal]:
    """The sum of a payment's lines for each transaction that it names."""
    found: dict[Link, Decimal] = {}
    for line in body.get("Line", []):
        for linked in line["LinkedTxn"]:
            link = (str(linked["TxnType"]), str(linked["TxnId"]))
            found[link] = found.get(link, Decimal(0)) + line["Amount"]
    return found


def position(books: Books, kind: str, row_id: str, total: Decimal, *, but: str = "") -> Json:
    """Balance and LinkedTxn, as all payments (`but` one) leave them."""
    paid = Decimal(0)
    linked: list[Json] = []
    for payment in books.live("Payment") if row_id else ():
        part = links(payment.body).get((kind, row_id))
        if part is not None and payment.id != but:
            paid += part
            linked.append({"TxnId": payment.id, "TxnType": "Payment"})
    return {"Balance": max(total - paid, Decimal(0)), "LinkedTxn": linked}


def open_balance(books: Books, row: Row, *, but: str) -> Decimal:
    """What is left to pay if the payment `but` were not there."""
    left: Decimal = position(books, row.kind, row.id, row.body["TotalAmt"], but=but)["Balance"]
    return left


def settle(books: Books, touched: Iterable[Link]) -> None:
    """Each one whose payments changed gets a new sync token; the others keep theirs."""
    for kind, row_id in sorted(set(touched)):
        row = books.get(kind, row_id) if kind in SETTLED else None
        if row is None:
            continue
        new = position(books, kind, row_id, row.body["TotalAmt"])
        if any(row.body[name] != value for name, value in new.items()):
            books.change(row, {**row.body, **new})

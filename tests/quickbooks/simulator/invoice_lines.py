"""The lines of an invoice, and their sum."""

from decimal import Decimal
from typing import Any

from . import faults, sales_tax
from .books import Books
from .faults import Refusal
from .fields import amount, check_texts, number
from .json_text import Json, ref, rows, table

DEFAULT_ITEM = "1"
KINDS = ("SalesItemLineDetail", "DescriptionOnly", "DiscountLineDetail")


def composed(books: Books, sent: Any) -> list[Json]:
    """A subtotal that a client sends back is left out; QuickBooks makes its own."""
    lines = [table(line) for line in rows(sent)]
    lines = [line for line in lines if line.get("DetailType") != "SubTotalLineDetail"]
    if not lines:
        raise faults.missing("Line")
    return [_line(books, line, place) for place, line in enumerate(lines, start=1)]


def _line(books: Books, line: Json, place: int) -> Json:
    kind = line.get("DetailType")
    if kind not in KINDS:
        raise faults.missing("Line.DetailType")
    check_texts(line, {"Description": 4000})
    result: Json = {"Id": str(place), "LineNum": place, "DetailType": kind}
    if line.get("Description"):
        result["Description"] = line["Description"]
    if kind != "DescriptionOnly":
        result["Amount"] = amount(line.get("Amount"), "Line.Amount")
    if kind == "SalesItemLineDetail":
        result[kind] = _item(books, table(line.get(kind)), result["Amount"])
    elif kind == "DiscountLineDetail":
        result[kind] = table(line.get(kind))
    return result


def _item(books: Books, detail: Json, sum_of_line: Decimal) -> Json:
    item = books.refer("Item", ref(detail, "ItemRef") or DEFAULT_ITEM)
    result: Json = {"ItemRef": {"value": item.id, "name": item.body["Name"]}}
    quantity = number(detail.get("Qty"), "Qty")
    price = number(detail.get("UnitPrice"), "UnitPrice")
    # Both are 0 where a client has neither; QuickBooks takes that.
    if quantity is not None and price is not None and (quantity or price):
        off = abs(quantity * price - sum_of_line)
        if off > books.switches.amount_tolerance:
            raise Refusal(
                "6070",
                f"Amount is not equal to UnitPrice * Qty. Supplied value:{sum_of_line}",
                "Line.Amount",
            )
    result |= {
        name: value
        for name, value in (("Qty", quantity), ("UnitPrice", price))
        if value is not None
    }
    code = sales_tax.code(books, ref(detail, "TaxCodeRef"))
    if code:
        result["TaxCodeRef"] = {"value": code}
    if detail.get("ServiceDate"):
        result["ServiceDate"] = detail["ServiceDate"]
    return result


def subtotal(lines: list[Json]) -> Decimal:
    return sum((_signed(line) for line in lines), Decimal(0))


def _signed(line: Json) -> Decimal:
    value: Decimal = line.get("Amount", Decimal(0))
    return -value if line["DetailType"] == "DiscountLineDetail" else value


def subtotal_line(value: Decimal) -> Json:
    return {"Amount": value, "DetailType": "SubTotalLineDetail", "SubTotalLineDetail": {}}


def emptied(line: Json) -> Json:
    """As a void leaves it: no amount and no quantity."""
    result = {**line}
    if "Amount" in line:
        result["Amount"] = Decimal(0)
    if "SalesItemLineDetail" in line:
        detail = table(line["SalesItemLineDetail"])
        none = {name: Decimal(0) for name in ("Qty", "UnitPrice") if name in detail}
        result["SalesItemLineDetail"] = {**detail, **none}
    return result

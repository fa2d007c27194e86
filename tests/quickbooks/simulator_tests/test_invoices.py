"""Invoices: what QuickBooks works out of them, and what it refuses."""

from decimal import Decimal
from typing import Any

import pytest

from tests.quickbooks.simulator import MovableClock, Simulator
from tests.quickbooks.simulator_tests.caller import Caller, invoice, line, part


async def test_the_answer_holds_everything(caller: Caller) -> None:
    customer = await caller.customer()
    sent = {
        "CustomerRef": {"value": customer},
        "DocNumber": "INVOICE-12",
        "TxnDate": "2026-01-31",
        "DueDate": "2026-03-02",
        "SalesTermRef": {"value": "3"},
        "CustomerMemo": {"value": "text"},
        "PrivateNote": "note",
        "Line": [line(Decimal("94.5"), ItemRef={"value": "1"}, Qty=1, UnitPrice=Decimal("94.5"))],
        "TxnTaxDetail": {"TotalTax": Decimal("6.62")},
    }
    answer = await caller.post("invoice", sent)
    assert answer.status == 200
    assert answer.headers["intuit_tid"].startswith("1-")
    assert answer.body["time"] == "2026-03-10T07:05:00.000-07:00"
    told = answer.body["Invoice"]
    assert told["MetaData"] == {
        "CreateTime": "2026-03-10T07:05:00-07:00",
        "LastUpdatedTime": "2026-03-10T07:05:00-07:00",
    }
    assert told["SyncToken"] == "0"
    assert told["DocNumber"] == "INVOICE-12"
    assert told["DueDate"] == "2026-03-02"
    assert told["CustomerRef"] == {"value": customer, "name": "Acme"}
    assert told["SalesTermRef"] == {"value": "3", "name": "Net 30"}
    assert told["Line"][1] == {
        "Amount": Decimal("94.5"),
        "DetailType": "SubTotalLineDetail",
        "SubTotalLineDetail": {},
    }
    assert told["TotalAmt"] == told["Balance"] == Decimal("101.12")
    assert told["LinkedTxn"] == []
    assert (await caller.get(f"invoice/{told['Id']}")).body["Invoice"] == told


async def test_what_is_left_out_has_defaults(caller: Caller) -> None:
    told = await caller.invoice(await caller.customer(), 100, SalesTermRef={"value": "2"})
    assert told["DocNumber"] == "1001"
    assert told["TxnDate"] == "2026-03-10"
    assert told["DueDate"] == "2026-03-25"
    item = told["Line"][0]["SalesItemLineDetail"]["ItemRef"]
    assert item == {"value": "1", "name": "Services"}


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no customer": ({"CustomerRef": None}, "2020"),
    "unknown customer": ({"CustomerRef": {"value": "99"}}, "2500"),
    "no lines": ({"Line": []}, "2020"),
    "line without amount": ({"Line": [line(None)]}, "2020"),
    "amount that is none": ({"Line": [line("much")]}, "2090"),
    "amount is not the product": ({"Line": [line(100, Qty=3, UnitPrice=33)]}, "6070"),
    "unknown item": ({"Line": [line(1, ItemRef={"value": "99"})]}, "2500"),
    "US tax code in Canada": ({"Line": [line(1, TaxCodeRef={"value": "TAX"})]}, "2500"),
    "unknown terms": ({"SalesTermRef": {"value": "99"}}, "2500"),
    "long number": ({"DocNumber": "1" * 22}, "2050"),
    "long memo": ({"CustomerMemo": {"value": "x" * 1001}}, "2050"),
    "currency": ({"CurrencyRef": {"value": "CAD"}}, "6000"),
    "negative": ({"Line": [line(-1)]}, "6000"),
    "no such day": ({"TxnDate": "2026-02-30"}, "2010"),
    "unknown property": ({"Docnumber": "1"}, "2010"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_wrong_is_refused_and_leaves_nothing(caller: Caller, name: str) -> None:
    changes, code = WRONG[name]
    answer = await caller.post("invoice", invoice(await caller.customer(), 100) | changes)
    assert (answer.status, answer.code) == (400, code)
    count = await caller.query("select count(*) from Invoice")
    assert count.body["QueryResponse"] == {"totalCount": 0}


async def test_a_number_may_repeat_unless_the_company_has_its_own(
    caller: Caller, simulator: Simulator
) -> None:
    customer = await caller.customer()
    first = await caller.invoice(customer, 100, DocNumber="INVOICE-1")
    again = await caller.post("invoice", invoice(customer, 100, DocNumber="INVOICE-1"))
    assert again.status == 200
    assert (await caller.post("invoice", again.body["Invoice"], operation="delete")).status == 200
    simulator.preferences.custom_numbers = True
    refused = await caller.post("invoice", invoice(customer, 100, DocNumber="INVOICE-1"))
    assert refused.code == "6140"
    tail = f"DocNumber=INVOICE-1 is assigned to TxnType=Invoice with TxnId={first['Id']}"
    assert refused.detail.endswith(tail)
    simulator.switches.language = "fr"
    french = await caller.post("invoice", invoice(customer, 100, DocNumber="INVOICE-1"))
    assert french.detail == f"Erreur de numéro de document en double {tail}"


async def test_an_update_needs_the_sync_token(caller: Caller) -> None:
    told = await caller.invoice(await caller.customer(), 100, PrivateNote="kept")
    named = {"Id": told["Id"], "sparse": True, "DueDate": "2026-12-24"}
    assert (await caller.post("invoice", named)).code == "2020"
    updated = await caller.post("invoice", {**named, "SyncToken": "0"})
    assert updated.body["Invoice"]["SyncToken"] == "1"
    assert updated.body["Invoice"]["PrivateNote"] == "kept"
    assert (await caller.post("invoice", {**named, "SyncToken": "0"})).code == "5010"
    full = {**invoice(told["CustomerRef"]["value"], 50), "Id": told["Id"], "SyncToken": "1"}
    emptied = (await caller.post("invoice", full)).body["Invoice"]
    assert "PrivateNote" not in emptied
    assert (emptied["TotalAmt"], emptied["DocNumber"]) == (Decimal(50), "1001")


async def test_a_void_leaves_an_invoice_of_nothing(caller: Caller) -> None:
    told = await caller.invoice(await caller.customer(), 100, PrivateNote="note")
    voided = (await caller.post("invoice", told, operation="void")).body["Invoice"]
    assert (voided["TotalAmt"], voided["Balance"], voided["SyncToken"]) == (0, 0, "1")
    assert voided["Line"][0]["Amount"] == 0
    assert voided["PrivateNote"] == "Voided - note"


async def test_a_deleted_invoice_is_gone(caller: Caller) -> None:
    told = await caller.invoice(await caller.customer(), 100)
    answer = await caller.post("invoice", told, operation="delete")
    assert answer.body["Invoice"] == {"domain": "QBO", "status": "Deleted", "Id": told["Id"]}
    read = await caller.get(f"invoice/{told['Id']}")
    assert (read.status, read.code) == (400, "610")
    assert (await caller.query("select * from Invoice")).body["QueryResponse"] == {}
    assert (await caller.post("invoice", told, operation="delete")).code == "610"


@pytest.mark.parametrize("operation", ["void", "delete"])
async def test_a_paid_invoice_is_neither_voided_nor_deleted(
    caller: Caller, simulator: Simulator, operation: str
) -> None:
    told = await caller.invoice(await caller.customer(), 100)
    paid = simulator.person.record_payment({told["Id"]: 40})
    fresh = (await caller.get(f"invoice/{told['Id']}")).body["Invoice"]
    assert (fresh["SyncToken"], fresh["Balance"]) == ("1", 60)
    refused = await caller.post("invoice", fresh, operation=operation)
    assert (refused.status, refused.code) == (400, "6000")
    simulator.person.delete_payment(paid["Id"])
    fresh = (await caller.get(f"invoice/{told['Id']}")).body["Invoice"]
    assert (fresh["SyncToken"], fresh["Balance"], fresh["LinkedTxn"]) == ("2", 100, [])
    assert (await caller.post("invoice", fresh, operation=operation)).status == 200


async def test_a_request_id_answers_the_first_answer_again(
    caller: Caller, simulator: Simulator, clock: MovableClock
) -> None:
    body = invoice(await caller.customer(), 100)
    first = await caller.post("invoice", body, requestid="export-1")
    simulator.person.delete_invoice(first.body["Invoice"]["Id"])
    again = await caller.post("invoice", body, requestid="export-1")
    assert again.body == first.body
    assert simulator.person.see_all("Invoice") == []
    clock.move_to(clock().replace(day=11))
    simulator.grants.switches.access_token_life = 10**9
    await caller.connect()
    later = await caller.post("invoice", body, requestid="export-1")
    assert later.body["Invoice"]["Id"] != first.body["Invoice"]["Id"]
    assert (await caller.post("invoice", body, requestid="1" * 51)).code == "2050"


async def test_a_refused_create_does_not_use_up_its_request_id(caller: Caller) -> None:
    customer = await caller.customer()
    wrong = await caller.post("invoice", invoice("99", 100), requestid="export-1")
    right = await caller.post("invoice", invoice(customer, 100), requestid="export-1")
    assert (wrong.status, right.status) == (400, 200)


async def test_tax_comes_from_the_total_the_codes_or_the_engine(
    caller: Caller, simulator: Simulator
) -> None:
    taxed = {"Line": [line(Decimal("4495.16"), TaxCodeRef={"value": "5"})]}
    customer = await caller.customer()
    by_codes = await caller.invoice(customer, 0, **taxed)
    assert by_codes["TxnTaxDetail"]["TotalTax"] == Decimal("584.37")
    given = {"TxnTaxDetail": {"TotalTax": Decimal("448.39")}}
    assert (await caller.invoice(customer, 0, **taxed, **given))["TotalAmt"] == Decimal("4943.55")
    simulator.switches.tax_off_by = Decimal("0.01")
    assert (await caller.invoice(customer, 0, **taxed, **given))["TotalAmt"] == Decimal("4943.56")


async def test_the_us_engine_overrides_the_total(caller: Caller, simulator: Simulator) -> None:
    simulator.preferences.country = "US"
    simulator.preferences.partner_tax = True
    taxed = {
        "Line": [line(100, TaxCodeRef={"value": "TAX"}), line(50)],
        "TxnTaxDetail": {"TotalTax": Decimal("6.62")},
    }
    nowhere = await caller.invoice(await caller.customer("Nowhere"), 0, **taxed)
    assert nowhere["TotalAmt"] == 150
    somewhere = await caller.customer("Somewhere", BillAddr={"Line1": "1 Main St"})
    assert (await caller.invoice(somewhere, 0, **taxed))["TotalAmt"] == 158
    foreign = invoice(somewhere, 0, Line=[line(1, TaxCodeRef={"value": "5"})])
    assert (await caller.post("invoice", foreign)).code == "2500"


async def test_a_customer_keeps_its_currency(caller: Caller, simulator: Simulator) -> None:
    simulator.preferences.multi_currency = True
    dollars = await caller.customer("Dollars", CurrencyRef={"value": "USD"})
    assert (await caller.post("invoice", invoice(dollars, 1))).code == "6000"
    told = await caller.invoice(dollars, 1, CurrencyRef={"value": "USD"})
    assert told["CurrencyRef"]["value"] == "USD"
    changed = {"Id": dollars, "SyncToken": "0", "sparse": True, "CurrencyRef": {"value": "CAD"}}
    assert (await caller.post("customer", changed)).code == "6000"


async def test_the_tolerance_of_a_product_is_a_switch(caller: Caller, simulator: Simulator) -> None:
    customer = await caller.customer()
    third = [line(Decimal("33.33"), Qty=Decimal("0.3333"), UnitPrice=100)]
    tenth = [line(Decimal("33.34"), Qty=Decimal("0.3333"), UnitPrice=100)]
    assert (await caller.post("invoice", invoice(customer, 0, Line=third))).status == 200
    assert (await caller.post("invoice", invoice(customer, 0, Line=tenth))).code == "6070"
    simulator.switches.amount_tolerance = Decimal("0.02")
    assert (await caller.post("invoice", invoice(customer, 0, Line=tenth))).status == 200


async def test_a_linked_invoice_can_be_voided_by_a_person_who_takes_the_payment_off(
    caller: Caller, simulator: Simulator
) -> None:
    customer = await caller.customer()
    first, second = [await caller.invoice(customer, 100) for _ in range(2)]
    paid = await caller.post(
        "payment",
        {
            "CustomerRef": {"value": customer},
            "TotalAmt": 150,
            "Line": [part(first["Id"], 100), part(second["Id"], 50)],
        },
    )
    simulator.person.void_invoice(first["Id"], release_payments=True)
    left = simulator.person.see("Payment", paid.body["Payment"]["Id"])
    assert (left["UnappliedAmt"], left["SyncToken"]) == (100, "1")
    assert [each["LinkedTxn"][0]["TxnId"] for each in left["Line"]] == [second["Id"]]
    assert simulator.person.see("Invoice", first["Id"])["PrivateNote"] == "Voided"

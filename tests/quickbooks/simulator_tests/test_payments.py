"""Payments: over many invoices, with credit memos, voided and deleted, by the API or a person."""

from decimal import Decimal
from typing import Any

import pytest

from tests.quickbooks.simulator import Refusal, Simulator
from tests.quickbooks.simulator.json_text import Json
from tests.quickbooks.simulator_tests.caller import Caller, part


async def payment(caller: Caller, customer: str, total: Any, *lines: Json, **more: Any) -> Json:
    body = {"CustomerRef": {"value": customer}, "TotalAmt": total, "Line": [*lines], **more}
    return (await caller.post("payment", body)).body["Payment"]


async def state(caller: Caller, invoice: Json) -> tuple[str, Decimal]:
    """Sync token and balance."""
    told = (await caller.get(f"invoice/{invoice['Id']}")).body["Invoice"]
    return told["SyncToken"], told["Balance"]


async def test_one_payment_pays_many_invoices(caller: Caller) -> None:
    customer = await caller.customer()
    first = await caller.invoice(customer, 400, DocNumber="INVOICE-1")
    second = await caller.invoice(customer, 300, DocNumber="INVOICE-2")
    told = await payment(
        caller,
        customer,
        700,
        part(first["Id"], 400),
        part(second["Id"], 200),
        TxnDate="2026-02-03",
        PaymentRefNum="1042",
        PaymentMethodRef={"value": "2"},
        PrivateNote="by courier",
    )
    assert told["TxnDate"] == "2026-02-03"
    assert told["PaymentRefNum"] == "1042"
    assert told["PaymentMethodRef"] == {"value": "2"}
    assert told["PrivateNote"] == "by courier"
    assert told["DepositToAccountRef"] == {"value": "4"}
    assert (told["TotalAmt"], told["UnappliedAmt"]) == (700, 100)
    assert [each["Amount"] for each in told["Line"]] == [400, 200]
    values = [each["value"] for each in told["Line"][1]["LineEx"]["any"]]
    assert values == [
        {"Name": "txnId", "Value": second["Id"]},
        {"Name": "txnOpenBalance", "Value": "300.00"},
        {"Name": "txnReferenceNumber", "Value": "INVOICE-2"},
    ]
    assert await state(caller, first) == ("1", 0)
    assert await state(caller, second) == ("1", 100)
    linked = (await caller.get(f"invoice/{second['Id']}")).body["Invoice"]["LinkedTxn"]
    assert linked == [{"TxnId": told["Id"], "TxnType": "Payment"}]


async def test_only_a_change_of_its_lines_touches_an_invoice(
    caller: Caller, simulator: Simulator
) -> None:
    customer = await caller.customer()
    first, second = [await caller.invoice(customer, 100) for _ in range(2)]
    paid = simulator.person.record_payment({first["Id"]: "60.00"})["Id"]
    simulator.person.edit_payment(paid, note="seen", reference="7", date="2026-03-01")
    assert await state(caller, first) == ("1", 40)
    moved = simulator.person.reallocate_payment(paid, {second["Id"]: "60.00"})
    assert (moved["SyncToken"], moved["PrivateNote"], moved["TotalAmt"]) == ("2", "seen", 60)
    assert await state(caller, first) == ("2", 100)
    assert await state(caller, second) == ("1", 40)


async def test_a_void_keeps_the_record_and_frees_the_invoice(caller: Caller) -> None:
    customer = await caller.customer()
    invoice = await caller.invoice(customer, 100)
    told = await payment(caller, customer, 100, part(invoice["Id"], 100), PrivateNote="wire")
    named = {"Id": told["Id"], "SyncToken": "0", "sparse": True}
    answer = await caller.post("payment", named, operation="update", include="void")
    voided = answer.body["Payment"]
    assert (voided["TotalAmt"], voided["UnappliedAmt"], voided["Line"]) == (0, 0, [])
    assert voided["PrivateNote"] == "Voided - wire"
    assert (await caller.get(f"payment/{told['Id']}")).body["Payment"] == voided
    assert await state(caller, invoice) == ("2", 100)


async def test_a_deletion_leaves_nothing_to_read_and_frees_the_invoice(caller: Caller) -> None:
    customer = await caller.customer()
    invoice = await caller.invoice(customer, 100)
    told = await payment(caller, customer, 100, part(invoice["Id"], 100))
    assert (await caller.post("payment", {**told, "SyncToken": "9"}, operation="delete")).code == (
        "5010"
    )
    answer = await caller.post("payment", told, operation="delete")
    assert answer.body["Payment"] == {"domain": "QBO", "status": "Deleted", "Id": told["Id"]}
    assert (await caller.get(f"payment/{told['Id']}")).code == "610"
    assert await state(caller, invoice) == ("2", 100)


async def test_a_credit_memo_pays_by_a_payment_of_nothing(
    caller: Caller, simulator: Simulator
) -> None:
    customer = await caller.customer()
    invoice = await caller.invoice(customer, 250)
    memo = simulator.person.make_credit_memo(customer, 100)
    told = simulator.person.apply_credit(memo["Id"], invoice["Id"], 100)
    assert (told["TotalAmt"], told["UnappliedAmt"]) == (0, 0)
    kinds = [(each["Amount"], each["LinkedTxn"][0]["TxnType"]) for each in told["Line"]]
    assert kinds == [(100, "Invoice"), (100, "CreditMemo")]
    assert await state(caller, invoice) == ("1", 150)
    assert simulator.person.see("CreditMemo", memo["Id"])["Balance"] == 0


@pytest.mark.parametrize(
    ("choice", "line", "unapplied"), [("kept", 150, 0), ("unapplied", 100, 50)]
)
async def test_more_than_the_balance_is_accepted(
    caller: Caller, simulator: Simulator, choice: Any, line: int, unapplied: int
) -> None:
    simulator.switches.line_above_balance = choice
    customer = await caller.customer()
    invoice = await caller.invoice(customer, 100)
    told = await payment(caller, customer, 150, part(invoice["Id"], 150))
    assert (told["Line"][0]["Amount"], told["UnappliedAmt"]) == (line, unapplied)
    assert await state(caller, invoice) == ("1", 0)


async def test_more_than_the_balance_may_be_refused(caller: Caller, simulator: Simulator) -> None:
    simulator.switches.line_above_balance = "refused"
    customer = await caller.customer()
    invoice = await caller.invoice(customer, 100)
    with pytest.raises(Refusal, match="6000"):
        simulator.person.record_payment({invoice["Id"]: 101})
    assert await state(caller, invoice) == ("0", 100)


async def test_a_deposited_payment_stays_until_it_leaves_its_deposit(
    caller: Caller, simulator: Simulator
) -> None:
    customer = await caller.customer()
    invoice = await caller.invoice(customer, 100)
    paid = simulator.person.record_payment({invoice["Id"]: 100})["Id"]
    deposit = simulator.person.deposit_payment(paid)
    shown = simulator.person.see("Payment", paid)
    assert shown["LinkedTxn"] == [{"TxnId": deposit["Id"], "TxnType": "Deposit"}]
    assert (await caller.post("payment", shown, operation="delete")).code == "6540"
    with pytest.raises(Refusal, match="6540"):
        simulator.person.void_payment(paid)
    simulator.person.undeposit_payment(paid)
    simulator.person.void_payment(paid)
    assert await state(caller, invoice) == ("2", 100)


async def test_what_is_wrong_is_refused(caller: Caller) -> None:
    customer, other = await caller.customer("Acme"), await caller.customer("Other")
    invoice = await caller.invoice(other, 100)
    right = {"CustomerRef": {"value": customer}, "TotalAmt": 10}
    wrong: list[tuple[Json, str]] = [
        ({"CustomerRef": None}, "2020"),
        ({"TotalAmt": None}, "2020"),
        ({"TotalAmt": -1}, "6000"),
        ({"PaymentRefNum": "1" * 22}, "2050"),
        ({"PaymentMethodRef": {"value": "99"}}, "2500"),
        ({"Line": [part(invoice["Id"], 10)]}, "6000"),
        ({"Line": [part("999", 10)]}, "2500"),
        ({"Line": [part("1", 11, "JournalEntry")]}, "6000"),
        ({"Line": [{"Amount": 10}]}, "2020"),
        ({"Amount": 10}, "2010"),
    ]
    codes = [(await caller.post("payment", right | changes)).code for changes, _ in wrong]
    assert codes == [code for _, code in wrong]
    found = await caller.query("select * from Payment")
    assert found.body["QueryResponse"] == {}


async def test_a_person_writes_a_new_method_into_the_list(
    caller: Caller, simulator: Simulator
) -> None:
    customer = await caller.customer()
    invoice = await caller.invoice(customer, 100)
    told = simulator.person.record_payment({invoice["Id"]: 1}, method="Carrier pigeon", total=5)
    assert told["UnappliedAmt"] == 4
    method = told["PaymentMethodRef"]["value"]
    found = await caller.query(f"select * from PaymentMethod where Id = '{method}'")
    assert found.body["QueryResponse"]["PaymentMethod"][0]["Name"] == "Carrier pigeon"

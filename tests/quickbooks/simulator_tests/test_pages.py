"""The page where a person sees the company and records payments."""

from decimal import Decimal

from tests.quickbooks.simulator import REALM, Simulator
from tests.quickbooks.simulator_tests.caller import Caller


async def pressed(caller: Caller, action: str, **form: str) -> str:
    """What the page says after a button."""
    answer = await caller.http.post(
        f"/companies/{REALM}/{action}", data=form, follow_redirects=True
    )
    return answer.text.partition('class="said">')[2].partition("</p>")[0]


async def test_it_shows_invoices_and_whether_the_app_is_connected(
    caller: Caller, simulator: Simulator
) -> None:
    await caller.invoice(await caller.customer("A & <B>"), 1234, DocNumber="INVOICE-1")
    page = (await caller.http.get("/")).text
    assert "<td>A &amp; &lt;B&gt;</td>" in page
    assert page.count('<td class="amount">1,234.00</td>') == 2
    assert "CAD, connected" in page
    simulator.disconnect()
    assert "CAD, not connected" in (await caller.http.get("/")).text


async def test_one_payment_is_recorded_for_many_invoices(
    caller: Caller, simulator: Simulator
) -> None:
    customer = await caller.customer()
    for _ in range(3):
        await caller.invoice(customer, 100)
    form = {"pay-1": "100", "pay-2": " 50.5 ", "pay-3": "", "date": "2026-03-01", "note": "wire"}
    assert await pressed(caller, "payments", method="Check", **form) == "Payment 4 was recorded."
    (told,) = simulator.person.see_all("Payment")
    assert [line["Amount"] for line in told["Line"]] == [100, Decimal("50.5")]
    assert (told["TxnDate"], told["PrivateNote"]) == ("2026-03-01", "wire")
    assert told["PaymentMethodRef"] == {"value": "2"}
    assert "1001: 100.00, 1002: 50.50" in (await caller.http.get("/")).text


async def test_buttons_void_and_delete(caller: Caller, simulator: Simulator) -> None:
    customer = await caller.customer()
    for _ in range(2):
        await caller.invoice(customer, 100)
    await pressed(caller, "payments", **{"pay-1": "10"})
    refused = await pressed(caller, "void_invoice", id="1")
    assert refused.startswith("6000: Business Validation Error")
    assert await pressed(caller, "void_payment", id="3") == "Done."
    assert await pressed(caller, "delete_payment", id="3") == "Done."
    assert await pressed(caller, "void_invoice", id="1") == "Done."
    assert await pressed(caller, "delete_invoice", id="2") == "Done."
    assert simulator.person.see_all("Payment") == []
    assert [told["PrivateNote"] for told in simulator.person.see_all("Invoice")] == ["Voided"]


async def test_what_is_no_payment_is_told(caller: Caller, simulator: Simulator) -> None:
    await caller.invoice(await caller.customer(), 100)
    assert await pressed(caller, "payments") == (
        "2020: Enter an amount beside at least one invoice."
    )
    assert await pressed(caller, "payments", **{"pay-1": "much"}) == "That is no amount."
    assert (await pressed(caller, "nothing", id="1")).startswith("610:")
    assert simulator.person.see_all("Payment") == []

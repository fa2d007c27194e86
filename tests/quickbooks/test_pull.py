"""What a person does in QuickBooks is here after the next look."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import NOW
from tests.factories import record_payment
from tests.quickbooks.office import Office


async def test_a_payment_comes_in(office: Office) -> None:
    invoice, theirs = await office.exported("1000.00")
    office.person.record_payment(
        {theirs: "400.00"}, date="2026-03-09", reference="1042", note="Thank you", method="Check"
    )
    await office.pull()
    (found,) = await office.payments(invoice)
    del found["id"]
    assert found == {
        "paymentDate": "2026-03-09",
        "method": "cheque",
        "referenceNumber": "1042",
        "notes": "Thank you",
        "amount": Decimal("400.00"),
        "source": "quickBooks",
        "canDelete": False,
        "recordedBy": "QuickBooks",
    }
    assert await office.outstanding(invoice) == 600
    assert (await office.told(invoice))[0] == (
        "paymentRecorded",
        "Recorded cheque 1042, 400.00 CAD; 600.00 outstanding",
    )
    assert (await office.connection()).last_synced_at == NOW
    assert await office.problems() == {}


async def test_a_payment_is_found_by_its_reference(office: Office) -> None:
    invoice, theirs = await office.exported("1000.00")
    office.person.record_payment({theirs: "1.00"}, reference="CHQ-77")
    await office.pull()
    query = '{ invoices(filter: { search: "chq-77" }) { nodes { id } } }'
    found = await office.api.execute(query)
    assert found["invoices"]["nodes"] == [{"id": invoice["id"]}]


async def test_looking_again_changes_nothing(office: Office) -> None:
    invoice, theirs = await office.exported("1000.00")
    office.person.record_payment({theirs: "400.00"})
    await office.pull()
    told = await office.told(invoice)
    await office.pull()
    assert await office.told(invoice) == told
    assert len(await office.payments(invoice)) == 1


async def test_a_payment_over_three_invoices_pays_each(office: Office) -> None:
    customer = (await office.invoice())["customer"]["id"]
    paid = [await office.exported("100.00", customerId=customer) for _ in range(3)]
    parts = dict(zip([theirs for _, theirs in paid], ["10.00", "20.00", "100.00"], strict=True))
    office.person.record_payment(parts, total="150.00")
    await office.pull()
    assert [await office.outstanding(invoice) for invoice, _ in paid] == [90, 80, 0]


async def test_an_edit_there_is_an_edit_here(office: Office) -> None:
    invoice, theirs = await office.exported("1000.00")
    payment = office.person.record_payment({theirs: "400.00"}, method="Check")["Id"]
    await office.pull()
    (before,) = await office.payments(invoice)
    office.person.edit_payment(payment, reference="7", note="Corrected", method="Barter")
    office.person.reallocate_payment(payment, {theirs: "300.00"})
    await office.pull()
    (after,) = await office.payments(invoice)
    assert after["id"] == before["id"]
    assert after["amount"] == 300
    assert (after["referenceNumber"], after["notes"], after["method"]) == ("7", "Corrected", None)


async def test_a_payment_moves_to_another_invoice(office: Office) -> None:
    first, first_there = await office.exported("100.00")
    second, second_there = await office.exported("100.00", customerId=first["customer"]["id"])
    payment = office.person.record_payment({first_there: "100.00"})["Id"]
    await office.pull()
    office.person.reallocate_payment(payment, {second_there: "100.00"})
    await office.pull()
    assert await office.outstanding(first) == 100
    assert await office.outstanding(second) == 0


async def test_payments_that_change_places_do_not_stand_in_each_others_way(office: Office) -> None:
    """Each fits only when the other has gone."""
    first, first_there = await office.exported("100.00")
    second, second_there = await office.exported("100.00", customerId=first["customer"]["id"])
    one = office.person.record_payment({first_there: "100.00"}, reference="one")["Id"]
    other = office.person.record_payment({second_there: "100.00"}, reference="other")["Id"]
    await office.pull()
    office.person.reallocate_payment(one, {second_there: "100.00"})
    office.person.reallocate_payment(other, {first_there: "100.00"})
    await office.pull()
    assert await office.problems() == {}
    shown = [
        payment["referenceNumber"]
        for invoice in (first, second)
        for payment in await office.payments(invoice)
    ]
    assert shown == ["other", "one"]


async def test_one_that_grows_where_another_shrinks_is_only_changed(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    one = office.person.record_payment({theirs: "50.00"})["Id"]
    other = office.person.record_payment({theirs: "50.00"})["Id"]
    await office.pull()
    office.person.reallocate_payment(one, {theirs: "80.00"}, total="80.00")
    office.person.reallocate_payment(other, {theirs: "20.00"}, total="20.00")
    await office.pull()
    kinds = [kind for kind, _ in await office.told(invoice)]
    assert kinds[:2] == ["paymentUpdated", "paymentUpdated"]
    assert "paymentDeleted" not in kinds


@pytest.mark.parametrize(
    ("act", "reason"),
    [("void_payment", "Voided in QuickBooks"), ("delete_payment", "Deleted in QuickBooks")],
)
async def test_what_is_gone_there_is_gone_here(office: Office, act: str, reason: str) -> None:
    invoice, theirs = await office.exported("1000.00")
    payment = office.person.record_payment({theirs: "400.00"}, reference="1042")["Id"]
    await office.pull()
    getattr(office.person, act)(payment)
    await office.pull()
    assert await office.payments(invoice) == []
    assert await office.outstanding(invoice) == 1000
    message = f"Deleted payment 1042, 400.00 CAD; 1000.00 outstanding ({reason})"
    assert (await office.told(invoice))[0] == ("paymentDeleted", message)


async def test_a_payment_that_came_and_went_was_never_here(office: Office) -> None:
    invoice, theirs = await office.exported("1000.00")
    told = await office.told(invoice)
    payment = office.person.record_payment({theirs: "400.00"})["Id"]
    office.person.delete_payment(payment)
    await office.pull()
    assert await office.told(invoice) == told


async def test_a_credit_that_is_applied_is_a_payment(office: Office) -> None:
    """QuickBooks makes it a payment of 0.00 in all."""
    invoice, theirs = await office.exported("1000.00")
    customer = office.person.see("Invoice", theirs)["CustomerRef"]["value"]
    memo = office.person.make_credit_memo(customer, "250.00")["Id"]
    office.person.apply_credit(memo, theirs, "250.00")
    await office.pull()
    assert await office.outstanding(invoice) == 750


async def test_payments_of_other_invoices_are_nobodys_business(office: Office) -> None:
    await office.exported("1000.00")
    customer = office.person.make("Customer", DisplayName="Stranger")["Id"]
    line: Any = {
        "Amount": Decimal(5),
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {},
    }
    theirs = office.person.make("Invoice", CustomerRef={"value": customer}, Line=[line])["Id"]
    office.person.record_payment({theirs: "5.00"})
    await office.pull()
    found = await office.api.execute("{ payments { totalCount } }")
    assert found["payments"]["totalCount"] == 0
    assert await office.problems() == {}


async def test_a_line_that_would_overpay_waits_and_the_rest_goes_on(office: Office) -> None:
    first, first_there = await office.exported("100.00")
    second, second_there = await office.exported("100.00", customerId=first["customer"]["id"])
    here = await record_payment(office.api, first, "60.00")
    payment = office.person.record_payment({first_there: "100.00", second_there: "5.00"})["Id"]
    await office.pull()
    assert await office.outstanding(first) == 40
    assert await office.outstanding(second) == 95
    assert await office.problems() == {
        f"Payment {payment} Invoice {first_there}": (
            f"Payment {payment} gives 100.00 CAD to INVOICE-1 in QuickBooks, which is not taken "
            "over: Only 40.00 CAD is outstanding"
        )
    }
    await office.api.done("deletePayment", "deletedPaymentId", id=here["payment"]["id"])
    # Long enough for the payment not to be among the changes any more.
    office.api.clock.now += timedelta(hours=1)
    await office.pull()
    assert await office.outstanding(first) == 0
    assert await office.problems() == {}


@pytest.mark.parametrize(
    ("mutation", "values"), [("updatePayment", {"notes": "x"}), ("deletePayment", {})]
)
async def test_it_is_not_changed_here(
    office: Office, mutation: str, values: dict[str, Any]
) -> None:
    invoice, theirs = await office.exported("1000.00")
    office.person.record_payment({theirs: "400.00"})
    await office.pull()
    (found,) = await office.payments(invoice)
    error = await office.api.refused(mutation, id=found["id"], **values)
    assert error["code"] == "PAYMENT_MANAGED_BY_QUICKBOOKS"
    assert await office.payments(invoice) == [found]

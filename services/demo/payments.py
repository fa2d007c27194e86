"""The demo's payments: prompt, late, in parts, by the batch, and some that were taken back."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from db import ids, search
from domain import activity as told
from domain.activity import ActivityKind
from domain.payment import PaymentMethod, PaymentSource
from domain.terms import PaymentTerms
from services.demo import names
from services.demo.books import Books
from services.demo.chance import Chance
from services.demo.customers import Payer
from services.demo.drafts import Payment
from services.demo.invoices import Bill
from services.demo.workdays import MINUTE, WORKDAY, Workdays, day_of, instant

_METHODS = tuple(PaymentMethod)
_NOTES = ("Received by courier", "Short-paid, detention disputed", "Remittance by e-mail")
_REASONS = ("Cheque was returned", "Entered on the wrong invoice", "Entered twice", None)
# How far apart invoices may be that one cheque pays.
_BATCH_SPAN = timedelta(days=45)


class Cashier:
    """Receives what is paid before today."""

    def __init__(self, books: Books, workdays: Workdays) -> None:
        self._books = books
        self._chance = books.chance
        self._workdays = workdays

    def prepay(self, bill: Bill) -> None:
        """Payment in advance, of all or a deposit, before the invoice is sent."""
        at = self._workdays.later(bill.changed_at, self._chance.between(10, 300) * MINUTE)
        is_wanted = bill.invoice.terms is PaymentTerms.PIA and self._chance.percent(75)
        if at is not None and is_wanted:
            share = 100 if self._chance.percent(75) else self._chance.between(20, 60)
            self._receive(bill, at, day_of(at), share)

    def settle(self, bills: Sequence[Bill]) -> None:
        """Whatever has been paid of these invoices by today."""
        batches = defaultdict[str, list[Bill]](list)
        for bill in bills:
            is_open = bill.invoice.sent_at and bill.invoice.outstanding_balance_cents
            if not is_open or bill.invoice.deleted_at is not None:
                continue
            if bill.payer.pays_in_batches:
                batches[bill.payer.customer.id].append(bill)
            else:
                self._settle_one(bill)
        for of_one_payer in batches.values():
            for batch in _batches(of_one_payer, self._chance.between(2, 6)):
                if len(batch) > 1:
                    self._settle_batch(batch)
                else:
                    self._settle_one(batch[0])

    def _settle_one(self, bill: Bill) -> None:
        roll = self._chance.below(100)
        if roll < (50 if bill.payer.is_bad else 13):
            return
        first = self._pay_day(bill.payer, [bill])
        if self._chance.percent(12):
            # After many a reminder.
            first += timedelta(days=self._chance.between(20, 120))
        if roll < 82:
            self._pay(bill, first, 100)
        elif self._pay(bill, first, self._chance.between(15, 85)) and roll < 92:
            self._pay(bill, first + timedelta(days=self._chance.between(4, 25)), 100)

    def _settle_batch(self, bills: Sequence[Bill]) -> None:
        """One cheque over all of them, recorded at once."""
        payer = bills[0].payer
        day = self._pay_day(payer, bills)
        at = self._workdays.on(day, self._chance.below(WORKDAY))
        if at is None:
            return
        batch_id = self._chance.id(ids.BATCH, at)
        cheque = payer.next_cheque()
        clerk = self._chance.pick(names.CLERKS)
        for bill in bills:
            share = 100 if self._chance.percent(92) else self._chance.between(40, 95)
            payment = self._receipt(bill, at, day, share)
            payment.method = PaymentMethod.CHEQUE
            payment.source = PaymentSource.MANUAL
            payment.reference_number = cheque
            payment.recorded_by = clerk
            payment.batch_id = batch_id
            self._record(bill, at, payment)
            self._index(payment)

    def _pay_day(self, payer: Payer, bills: Sequence[Bill]) -> date:
        due = max(bill.invoice.due_date for bill in bills)
        wanted = due + timedelta(days=payer.days_late + self._chance.between(-3, 6))
        return max(wanted, max(day_of(bill.changed_at) for bill in bills) + timedelta(days=1))

    def _pay(self, bill: Bill, day: date, share: int) -> bool:
        """Whether the payment was made before today, and stayed."""
        at = self._workdays.on(day, self._chance.below(WORKDAY))
        return at is not None and self._receive(bill, at, day, share)

    def _receive(self, bill: Bill, at: int, day: date, share: int) -> bool:
        """Record a share of what is owed; sometimes correct it, or take it back."""
        payment = self._receipt(bill, at, day, share)
        self._record(bill, at, payment)
        if self._chance.percent(3) and self._take_back(bill, payment):
            return False
        if payment.source is PaymentSource.MANUAL and self._chance.percent(2):
            self._correct(bill, payment)
        self._index(payment)
        return True

    def _receipt(self, bill: Bill, at: int, day: date, share: int) -> Payment:
        chance = self._chance
        method = bill.payer.method if chance.percent(75) else chance.pick(_METHODS)
        is_synced = bill.invoice.sent_at is not None and chance.percent(12)
        cents = bill.invoice.outstanding_balance_cents * share // 100
        return Payment(
            id=chance.id(ids.PAYMENT, at),
            invoice_id=bill.invoice.id,
            customer_id=bill.invoice.customer_id,
            payment_date=day,
            # QuickBooks need not say how it was paid.
            method=None if is_synced and chance.percent(40) else method,
            reference_number=_reference(chance, bill.payer, method),
            notes=chance.pick(_NOTES) if chance.percent(8) else None,
            amount_cents=max(1, cents),
            source=PaymentSource.QUICKBOOKS if is_synced else PaymentSource.MANUAL,
            batch_id=None,
            recorded_by=names.QUICKBOOKS if is_synced else chance.pick(names.CLERKS),
            recorded_at=instant(at),
        )

    def _record(self, bill: Bill, at: int, payment: Payment) -> None:
        self._books.add(payment)
        bill.paid_cents += payment.amount_cents
        self._changed(bill, at)
        message = told.payment_recorded(payment, bill.invoice)
        self._books.note(
            at,
            bill.invoice,
            ActivityKind.PAYMENT_RECORDED,
            message,
            actor=payment.recorded_by,
            source=payment.source,
        )

    def _correct(self, bill: Bill, payment: Payment) -> None:
        at = self._workdays.later(bill.changed_at, self._chance.between(2, 60) * MINUTE)
        if at is None or payment.reference_number is None:
            return
        payment.reference_number = f"{payment.reference_number}-{self._chance.between(1, 9)}"
        self._changed(bill, at)
        message = told.payment_changed(payment, bill.invoice)
        self._books.note(at, bill.invoice, ActivityKind.PAYMENT_UPDATED, message)

    def _take_back(self, bill: Bill, payment: Payment) -> bool:
        at = self._workdays.later(bill.changed_at, self._chance.between(60, 2_000) * MINUTE)
        if at is None:
            return False
        is_synced = payment.source is PaymentSource.QUICKBOOKS
        payment.deleted_at = instant(at)
        payment.deleted_by = names.QUICKBOOKS if is_synced else self._chance.pick(names.CLERKS)
        payment.deletion_reason = None if is_synced else self._chance.pick(_REASONS)
        bill.paid_cents -= payment.amount_cents
        self._changed(bill, at)
        message = told.payment_deleted(payment, bill.invoice, payment.deletion_reason)
        self._books.note(
            at,
            bill.invoice,
            ActivityKind.PAYMENT_DELETED,
            message,
            actor=payment.deleted_by,
            source=payment.source,
        )
        return True

    def _changed(self, bill: Bill, at: int) -> None:
        bill.recompute()
        bill.changed(at)

    def _index(self, payment: Payment) -> None:
        texts = search.payment_texts(payment.reference_number, payment.notes)
        self._books.index(payment.id, texts)


def _batches(bills: Sequence[Bill], size: int) -> Iterator[list[Bill]]:
    """Invoices that are near enough to one another to be paid together."""
    batch: list[Bill] = []
    for bill in bills:
        if batch and (
            len(batch) == size
            or bill.invoice.invoice_date - batch[0].invoice.invoice_date > _BATCH_SPAN
        ):
            yield batch
            batch = []
        batch.append(bill)
    if batch:
        yield batch


def _reference(chance: Chance, payer: Payer, method: PaymentMethod) -> str | None:
    match method:
        case PaymentMethod.CHEQUE:
            return payer.next_cheque()
        case PaymentMethod.CREDIT_CARD:
            # The card's last digits.
            return f"{chance.below(10_000):04d}"
        case PaymentMethod.ACH | PaymentMethod.EFT | PaymentMethod.WIRE:
            return str(chance.between(100_000_000, 999_999_999))
        case _:
            return None

"""A freight company at work: orders come in, are billed two days later, and paid in time or not."""

from datetime import date, timedelta

from services.demo import customers, invoices, orders
from services.demo.books import Books, Entries
from services.demo.customers import Payer
from services.demo.invoices import Bill
from services.demo.orders import Work
from services.demo.payments import Cashier
from services.demo.workdays import MINUTE, WORKDAY, Workdays

_BILLED_AFTER = 2 * WORKDAY
_DAYS = 240
_DAYS_BEFORE = 365


class Company:
    """Makes so many invoices, evenly over the year before today."""

    def __init__(
        self, books: Books, *, number: int, today: date, remit_to_address_id: str | None
    ) -> None:
        self._books = books
        self._chance = books.chance
        self._number = number
        self._remit_to_address_id = remit_to_address_id
        opening = today - timedelta(days=_DAYS)
        self._workdays = Workdays(opening, today)
        self._step = (self._workdays.duration - _BILLED_AFTER) // number
        self._cashier = Cashier(books, self._workdays)
        before = Workdays(opening - timedelta(days=_DAYS_BEFORE), opening)
        self._payers = customers.make_all(books, before, 24 + number // 50)

    def work(self, first: int, end: int) -> Entries:
        """All that ever happens to the invoices from `first` up to `end`."""
        bills: list[Bill] = []
        mistaken: Bill | None = None
        for place in range(first, end):
            bill = self._bill(place, mistaken)
            bills.append(bill)
            mistaken = None
            if self._chance.percent(1) and place + 1 < end:
                invoices.delete(self._books, bill, bill.changed_at + self._step // 2)
                mistaken = bill
            else:
                self._handle(bill)
        self._cashier.settle(bills)
        for bill in bills:
            invoices.index(self._books, bill)
        if end == self._number:
            self._take_last_orders()
        return self._books.close()

    def _bill(self, place: int, mistaken: Bill | None) -> Bill:
        """An invoice for new orders, or anew for those of one that was a mistake."""
        at = self._at(place, _BILLED_AFTER)
        if mistaken is not None:
            payer, works = mistaken.payer, mistaken.works
        else:
            payer = self._payer()
            roll = self._chance.below(100)
            number = 0 if roll < 9 else 2 if roll < 17 else 1
            works = [self._order(place, payer, quarter) for quarter in range(number)]
        if self._chance.percent(3):
            # Never billed: cancelled, or somebody's oversight.
            self._order(place, self._payer(), 2)
        return invoices.make(self._books, payer, works, at, self._remit_to_address_id)

    def _handle(self, bill: Bill) -> None:
        """From the review to the sending, and what may go wrong afterwards."""
        billed_at = bill.changed_at
        invoices.review(self._books, self._workdays, bill)
        self._cashier.prepay(bill)
        invoices.send(self._books, self._workdays, bill)
        later = self._workdays.later(bill.changed_at, self._chance.between(30, 900) * MINUTE)
        if self._chance.percent(1) and later is not None and bill.paid_cents == 0:
            invoices.delete(self._books, bill, later)
        elif bill.works and self._chance.percent(3):
            orders.change(self._books, self._workdays, billed_at, self._chance.pick(bill.works))

    def _take_last_orders(self) -> None:
        """Those of the last two days have not been billed yet."""
        for place in range(self._number, self._number + _BILLED_AFTER // self._step):
            self._order(place, self._payer(), 0)

    def _order(self, place: int, payer: Payer, quarter: int) -> Work:
        return orders.make(self._books, payer, self._at(place, self._step * quarter // 4))

    def _at(self, place: int, after: int) -> int:
        at = self._workdays.at(self._step * place + after)
        assert at is not None  # noqa: S101 - the steps end two days before today
        return at

    def _payer(self) -> Payer:
        """Some customers ship much more than others."""
        number = len(self._payers)
        return self._payers[self._chance.below(number) * self._chance.below(number) // number]

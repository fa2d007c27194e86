"""Whatever a person does in QuickBooks, and however often it is looked at, both sides agree."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db.tables import QuickBooksConnection
from tests.quickbooks.office import Office

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["record", "reallocate", "edit", "void", "delete", "look", "look back"]),
        st.integers(0, 2),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=12,
)


@dataclass
class Person:
    """Somebody who works on two invoices; what is to be done with no payment makes one."""

    office: Office
    invoices: dict[str, dict[str, Any]]
    made: list[str] = field(default_factory=list[str])

    async def do(self, act: str, which: int, amount: int) -> None:
        person = self.office.person
        first, second = self.invoices
        live = {row["Id"] for row in person.see_all("Payment")}.intersection(self.made)
        one = self.made[which % len(self.made)] if self.made else ""
        if act.startswith("look"):
            await self.look(is_back=act == "look back")
        elif act == "record" or one not in live:
            self.made.append(person.record_payment({first: amount, second: 1})["Id"])
        elif act == "reallocate":
            person.reallocate_payment(one, {second: amount}, total=9)
        elif act == "edit":
            person.edit_payment(one, note=f"{amount}")
        elif act == "void":
            person.void_payment(one)
        else:
            person.delete_payment(one)

    async def look(self, *, is_back: bool = False) -> None:
        if is_back:
            async with self.office.database.transaction() as session:
                connection = await session.get_one(QuickBooksConnection, 1)
                connection.changed_since = connection.connected_at
        await self.office.pull()

    async def check(self) -> None:
        rows = self.office.person.see_all("Payment")
        for theirs, invoice in self.invoices.items():
            wanted = [
                (line["Amount"], row.get("PrivateNote"))
                for row in rows
                for line in row["Line"]
                if line["LinkedTxn"][0]["TxnId"] == theirs
            ]
            found = [(one["amount"], one["notes"]) for one in await self.office.payments(invoice)]
            assert sorted(found, key=str) == sorted(wanted, key=str)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    # Each example stands on what those before it left.
    phases=[Phase.explicit, Phase.generate],
)
@given(acts=ACTS)
async def test_both_sides_agree_whatever_is_done(
    office: Office, acts: list[tuple[str, int, int]]
) -> None:
    first, theirs = await office.exported("100.00")
    second, second_theirs = await office.exported("100.00", customerId=first["customer"]["id"])
    person = Person(office, {theirs: first, second_theirs: second})
    for act in acts:
        await person.do(*act)
    await person.look()
    await person.check()
    assert await office.problems() == {}

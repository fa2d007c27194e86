"""Drives a simulator with clients that nobody here wrote: python-quickbooks and intuit-oauth.

A process of its own, as the one library and the product's package have the same name. It prints
the name of each check that holds.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

# They have no types.
client: Any = import_module("quickbooks")
cdc: Any = import_module("quickbooks.cdc")
exceptions: Any = import_module("quickbooks.exceptions")
objects: Any = import_module("quickbooks.objects")
intuit: Any = import_module("intuitlib.client")
scopes: Any = import_module("intuitlib.enums").Scopes
intuit_error: Any = import_module("intuitlib.exceptions").AuthClientError
requests: Any = import_module("requests")

SECONDS = 10


@dataclass
class Foreign:
    """Both clients, connected as their own documentation says."""

    url: str
    auth: Any
    books: Any

    def control(self, action: str, **sent: Any) -> Any:
        answer = requests.post(f"{self.url}/control/{action}", json=sent, timeout=SECONDS)
        answer.raise_for_status()
        return answer.json()["result"]

    def customer(self, name: str = "O'Neil Freight") -> Any:
        made = objects.Customer()
        made.DisplayName = name
        return made.save(qb=self.books)

    def invoice(self, customer: Any, amount: Any, request_id: str | None = None) -> Any:
        line = objects.SalesItemLine()
        line.Amount = amount
        line.SalesItemLineDetail = objects.SalesItemLineDetail()
        item = objects.Item.all(max_results=1, qb=self.books)[0]
        line.SalesItemLineDetail.ItemRef = item.to_ref()
        made = objects.Invoice()
        made.CustomerRef = customer.to_ref()
        made.Line.append(line)
        return made.save(qb=self.books, request_id=request_id)

    def payment(self, customer: Any, parts: Mapping[str, int]) -> Any:
        made = objects.Payment()
        made.CustomerRef = customer.to_ref()
        made.TotalAmt = sum(parts.values())
        for invoice_id, amount in parts.items():
            linked = import_module("quickbooks.objects.base").LinkedTxn()
            linked.TxnId, linked.TxnType = invoice_id, "Invoice"
            line = import_module("quickbooks.objects.payment").PaymentLine()
            line.Amount = amount
            line.LinkedTxn.append(linked)
            made.Line.append(line)
        return made.save(qb=self.books)

    def invoice_again(self, invoice: Any) -> Any:
        return objects.Invoice.get(invoice.Id, qb=self.books)


def connected(url: str, realm: str) -> Foreign:
    requests.post(
        f"{url}/control/company", json={"realm": realm, "name": "Foreign"}, timeout=SECONDS
    )
    discovery = f"{url}/.well-known/openid_sandbox_configuration"
    auth = intuit.AuthClient("remit", "simulated-secret", "http://127.0.0.1/callback", discovery)
    page = auth.get_authorization_url([scopes.ACCOUNTING])
    clicked = requests.post(page, {"realm": realm}, allow_redirects=False, timeout=SECONDS)
    told = parse_qs(urlsplit(str(clicked.headers["location"])).query)
    assert told["state"] == [auth.state_token]
    auth.get_bearer_token(told["code"][0], realm_id=told["realmId"][0])
    here = type("Here", (client.QuickBooks,), {"api_url_v3": f"{url}/v3"})
    return Foreign(url, auth, here(auth_client=auth, company_id=auth.realm_id, minorversion=75))


def raised(action: Any, kind: Any) -> Any:
    try:
        action()
    except kind as error:
        return error
    raise AssertionError(action)


def code_of(action: Any) -> int:
    """Of the exception that it ends in."""
    return raised(action, exceptions.QuickbooksException).error_code


def they_connect_refresh_and_revoke(foreign: Foreign) -> None:
    first = foreign.auth.access_token
    foreign.auth.refresh()
    assert foreign.auth.access_token != first
    assert foreign.auth.x_refresh_token_expires_in == 8726400
    assert foreign.auth.revoke() is True
    refused = raised(foreign.auth.refresh, intuit_error)
    assert (refused.status_code, b"invalid_grant" in refused.content) == (400, True)
    assert code_of(lambda: objects.Term.all(qb=foreign.books)) == 401


def they_read_the_company(foreign: Foreign) -> None:
    company = import_module("quickbooks.objects.company_info").CompanyInfo
    assert company.get(foreign.auth.realm_id, foreign.books).CompanyName == "Foreign"
    told = import_module("quickbooks.objects.preferences").Preferences.get(qb=foreign.books)
    assert told.CurrencyPrefs.HomeCurrency.value == "CAD"
    terms = objects.Term.all(order_by="DueDays", qb=foreign.books)
    assert [each.Name for each in terms] == ["Due on receipt", "Net 15", "Net 30", "Net 60"]


def they_create_query_and_change(foreign: Foreign) -> None:
    customer = foreign.customer()
    made = foreign.invoice(customer, 100)
    assert (made.SyncToken, made.TotalAmt, made.Balance) == ("0", 100.0, 100.0)
    found = objects.Customer.filter(DisplayName="O'Neil Freight", qb=foreign.books)
    assert [each.Id for each in found] == [customer.Id]
    assert objects.Invoice.count(qb=foreign.books) == 1
    assert objects.Invoice.choose([made.Id, "999"], qb=foreign.books)[0].DocNumber == "1001"
    made.DueDate = "2026-05-01"
    assert made.save(qb=foreign.books).DueDate == "2026-05-01"


def a_repeated_request_id_makes_one(foreign: Foreign) -> None:
    customer = foreign.customer()
    first, again = [foreign.invoice(customer, 5, request_id="once") for _ in range(2)]
    assert first.Id == again.Id
    assert objects.Invoice.count(qb=foreign.books) == 1


def exact_amounts_come_back_exact(foreign: Foreign) -> None:
    foreign.books.use_decimal = True
    made = foreign.invoice(foreign.customer(), Decimal("4943.55"))
    assert made.TotalAmt == Decimal("4943.55")


def payments_are_made_voided_and_deleted(foreign: Foreign) -> None:
    customer = foreign.customer()
    first, second = foreign.invoice(customer, 100), foreign.invoice(customer, 50)
    paid = foreign.payment(customer, {first.Id: 100, second.Id: 20})
    assert [line.Amount for line in paid.Line] == [100.0, 20.0]
    assert foreign.invoice_again(second).Balance == 30.0
    other = foreign.payment(customer, {second.Id: 30})
    paid.void(qb=foreign.books)
    assert objects.Payment.get(paid.Id, qb=foreign.books).PrivateNote == "Voided"
    other.delete(qb=foreign.books)
    assert code_of(lambda: objects.Payment.get(other.Id, qb=foreign.books)) == 610
    foreign.invoice_again(first).void(qb=foreign.books)
    assert foreign.invoice_again(first).TotalAmt == 0
    foreign.invoice_again(second).delete(qb=foreign.books)
    assert objects.Invoice.count(qb=foreign.books) == 1


def changes_are_captured(foreign: Foreign) -> None:
    customer = foreign.customer()
    invoice = foreign.invoice(customer, 100)
    foreign.payment(customer, {invoice.Id: 100}).delete(qb=foreign.books)
    kinds = [objects.Invoice, objects.Customer, objects.Payment]
    told = cdc.change_data_capture(kinds, "2026-03-10T14:00:00+00:00", qb=foreign.books)
    assert [each.Balance for each in told.Invoice] == [100.0]
    assert [each.DisplayName for each in told.Customer] == ["O'Neil Freight"]
    assert [each.status for each in told.Payment] == ["Deleted"]


def faults_become_their_exceptions(foreign: Foreign) -> None:
    customer = foreign.customer()
    assert code_of(foreign.customer) == 6240
    wrong = "select * from Invoice where Nothing = '1'"
    assert code_of(lambda: objects.Invoice.query(wrong, qb=foreign.books)) == 4001
    customer.SyncToken = "7"
    assert code_of(lambda: customer.save(qb=foreign.books)) == 5010
    foreign.control("mishap", kind="html", at="query.invoice")
    assert code_of(lambda: objects.Invoice.count(qb=foreign.books)) == 10000


def signatures_are_what_it_expects(foreign: Foreign) -> None:
    body = '{"eventNotifications":[]}'
    signature = foreign.control("signature", body=body)
    token = "simulated-verifier"
    assert foreign.books.validate_webhook_signature(body, signature, token)
    assert not foreign.books.validate_webhook_signature(f"{body} ", signature, token)


CHECKS = (
    they_connect_refresh_and_revoke,
    they_read_the_company,
    they_create_query_and_change,
    a_repeated_request_id_makes_one,
    exact_amounts_come_back_exact,
    payments_are_made_voided_and_deleted,
    changes_are_captured,
    faults_become_their_exceptions,
    signatures_are_what_it_expects,
)


def main() -> None:
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    for realm, check in enumerate(CHECKS, start=1):
        check(connected(sys.argv[1], str(realm)))
        print(check.__name__, flush=True)


if __name__ == "__main__":
    main()

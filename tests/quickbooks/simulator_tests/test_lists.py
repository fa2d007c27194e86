"""Customers and the other lists, preferences and the company itself."""

import pytest

from tests.quickbooks.simulator import Simulator
from tests.quickbooks.simulator_tests.caller import Caller


@pytest.mark.parametrize("kind", ["Customer", "Vendor", "Employee"])
async def test_a_name_is_taken_by_customers_vendors_and_employees(
    caller: Caller, simulator: Simulator, kind: str
) -> None:
    held = simulator.person.make(kind, DisplayName="Acme")
    answer = await caller.post("customer", {"DisplayName": "ACME"})
    assert (answer.status, answer.code) == (400, "6240")
    simulator.person.deactivate(kind, held["Id"])
    assert (await caller.post("customer", {"DisplayName": "Acme"})).code == "6240"


async def test_an_inactive_name_may_be_free_again(caller: Caller, simulator: Simulator) -> None:
    simulator.switches.inactive_renamed = True
    held = await caller.customer("Acme")
    simulator.person.deactivate("Customer", held)
    assert simulator.person.see("Customer", held)["DisplayName"] == "Acme (deleted)"
    assert await caller.customer("Acme") != held


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "2020"), ("a:b", "2040"), ("a\tb", "2040"), ("x" * 501, "2050")],
)
async def test_a_name_must_fit(caller: Caller, name: str, code: str) -> None:
    assert (await caller.post("customer", {"DisplayName": name})).code == code


async def test_a_customer_is_renamed_with_its_sync_token(caller: Caller) -> None:
    held = await caller.customer("Acme", PrimaryEmailAddr={"Address": "a@example.com"})
    sent = {"Id": held, "SyncToken": "0", "sparse": True, "DisplayName": "Acme Inc"}
    told = (await caller.post("customer", sent)).body["Customer"]
    assert (told["DisplayName"], told["SyncToken"]) == ("Acme Inc", "1")
    assert told["PrimaryEmailAddr"] == {"Address": "a@example.com"}
    assert (await caller.post("customer", sent)).code == "5010"


async def test_an_item_needs_an_account(caller: Caller) -> None:
    assert (await caller.post("item", {"Name": "Freight"})).code == "2020"
    told = await caller.post("item", {"Name": "Freight", "IncomeAccountRef": {"value": "1"}})
    assert told.body["Item"]["IncomeAccountRef"] == {"value": "1", "name": "Services"}
    again = await caller.post("item", {"Name": "freight", "IncomeAccountRef": {"value": "1"}})
    assert again.code == "6240"


async def test_terms_and_methods_are_there_and_can_be_made(caller: Caller) -> None:
    terms = (await caller.query("select * from Term orderby DueDays")).body["QueryResponse"]["Term"]
    assert {each["Name"]: each["DueDays"] for each in terms} == {
        "Due on receipt": 0,
        "Net 15": 15,
        "Net 30": 30,
        "Net 60": 60,
    }
    made = await caller.post("term", {"Name": "Net 45", "DueDays": 45})
    assert made.body["Term"]["DueDays"] == 45
    methods = await caller.query("select * from PaymentMethod orderby Name")
    names = [each["Name"] for each in methods.body["QueryResponse"]["PaymentMethod"]]
    assert names == ["Cash", "Check", "Credit Card", "Wire Transfer"]


async def test_preferences_and_the_company_are_told(caller: Caller, simulator: Simulator) -> None:
    told = (await caller.get("preferences")).body["Preferences"]
    assert told["SalesFormsPrefs"]["CustomTxnNumbers"] is False
    assert told["CurrencyPrefs"] == {
        "MultiCurrencyEnabled": False,
        "HomeCurrency": {"value": "CAD"},
    }
    assert told["TaxPrefs"] == {"UsingSalesTax": True}
    simulator.preferences.country = "US"
    simulator.preferences.partner_tax = True
    queried = (await caller.query("select * from Preferences")).body["QueryResponse"]
    assert queried["Preferences"][0]["TaxPrefs"]["PartnerTaxEnabled"] is True
    company = (await caller.get(f"companyinfo/{caller.realm}")).body["CompanyInfo"]
    assert (company["CompanyName"], company["Country"]) == ("Demo Freight Books", "US")


async def test_what_has_no_address_is_refused(caller: Caller) -> None:
    assert (await caller.get("nothing/1")).code == "2010"
    assert (await caller.post("companyinfo", {"CompanyName": "x"})).code == "2010"


async def test_who_forgets_the_headers_gets_no_json(caller: Caller) -> None:
    url = f"/v3/company/{caller.realm}"
    bearer = {"authorization": f"Bearer {caller.access_token}"}
    read = await caller.http.get(f"{url}/preferences", headers=bearer)
    assert read.headers["content-type"] == "application/xml"
    accepting = {**bearer, "accept": "application/json"}
    body = b'{"DisplayName":"Acme"}'
    sent = await caller.http.post(f"{url}/customer", headers=accepting, content=body)
    assert sent.status_code == 415
    assert (await caller.query("select * from Customer")).body["QueryResponse"] == {}

"""A plain client of the simulator: it connects, and sends what a test wants sent."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2

from tests.quickbooks.simulator import REALM, Simulator
from tests.quickbooks.simulator.json_text import Json, read, written

CALLBACK = "http://127.0.0.1/callback"


@dataclass
class Answer:
    status: int
    body: Any
    headers: httpx2.Headers

    @property
    def code(self) -> str:
        """Of the fault, in either case of letters."""
        fault = self.body.get("Fault") or self.body["fault"]
        error = (fault.get("Error") or fault["error"])[0]
        return str(error["code"])

    @property
    def detail(self) -> str:
        return str(self.body["Fault"]["Error"][0]["Detail"])


@dataclass
class Caller:
    simulator: Simulator
    http: httpx2.AsyncClient
    realm: str = REALM
    access_token: str = ""
    refresh_token: str = ""

    def authorize_url(self, **changed: str) -> str:
        asked = {
            "client_id": "remit",
            "response_type": "code",
            "scope": "com.intuit.quickbooks.accounting",
            "redirect_uri": CALLBACK,
            "state": "kept",
        }
        return f"/oauth2/authorize?{urlencode(asked | changed)}"

    def code(self, realm: str | None = None) -> str:
        callback = self.simulator.authorize(self.authorize_url(), realm=realm)
        return parse_qs(urlsplit(callback).query)["code"][0]

    async def token(self, grant_type: str, **form: str) -> Answer:
        return await self._sent(
            "POST",
            "/oauth2/v1/tokens/bearer",
            data={"grant_type": grant_type, **form},
            auth=("remit", "simulated-secret"),
        )

    async def exchange(self, code: str) -> Answer:
        return await self.token("authorization_code", code=code, redirect_uri=CALLBACK)

    async def refresh(self, token: str | None = None) -> Answer:
        return await self.token("refresh_token", refresh_token=token or self.refresh_token)

    async def connect(self) -> None:
        tokens = (await self.exchange(self.code(self.realm))).body
        self.access_token = tokens["access_token"]
        self.refresh_token = tokens["refresh_token"]

    async def get(self, path: str, **params: str) -> Answer:
        return await self._asked("GET", path, params)

    async def post(self, path: str, body: Json, **params: str) -> Answer:
        return await self._asked("POST", path, params, content=written(body))

    async def query(self, text: str) -> Answer:
        return await self.get("query", query=text)

    async def changes(self, entities: str, since: str) -> list[Any]:
        answer = await self.get("cdc", entities=entities, changedSince=since)
        return answer.body["CDCResponse"][0]["QueryResponse"]

    async def customer(self, name: str = "Acme", **more: Any) -> str:
        answer = await self.post("customer", {"DisplayName": name, **more})
        return answer.body["Customer"]["Id"]

    async def invoice(self, customer: str, amount: Any, **more: Any) -> Json:
        answer = await self.post("invoice", invoice(customer, amount, **more))
        return answer.body["Invoice"]

    async def control(self, action: str, **sent: Any) -> Answer:
        return await self._sent("POST", f"/control/{action}", content=written(sent))

    async def _asked(self, method: str, path: str, params: dict[str, str], **sent: Any) -> Answer:
        headers = {
            "authorization": f"Bearer {self.access_token}",
            "accept": "application/json",
            "content-type": "application/json",
        }
        url = f"/v3/company/{self.realm}/{path}"
        return await self._sent(method, url, params=params, headers=headers, **sent)

    async def _sent(self, method: str, url: str, **sent: Any) -> Answer:
        response = await self.http.request(method, url, **sent)
        is_json = "json" in response.headers.get("content-type", "")
        body = read(response.content) if is_json else response.text
        return Answer(response.status_code, body, response.headers)


def line(amount: Any, **detail: Any) -> Json:
    return {
        "Amount": amount,
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": detail,
    }


def invoice(customer: str, amount: Any, **more: Any) -> Json:
    return {"CustomerRef": {"value": customer}, "Line": [line(amount)], **more}


def part(invoice_id: str, amount: Any, kind: str = "Invoice") -> Json:
    """A line of a payment."""
    return {"Amount": amount, "LinkedTxn": [{"TxnId": invoice_id, "TxnType": kind}]}

"""The addresses of OAuth: the page with Connect, tokens, revocation and discovery."""

import base64
import binascii
from html import escape
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from .exchange import Answer, exchanged, json_answer
from .grants import Denied, Grant
from .json_text import read, table
from .mishaps import Asked
from .simulator import Simulator

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Connect QuickBooks</title>
<link rel="icon" href="data:,">
<style>body{{font:16px system-ui;max-width:30rem;margin:4rem auto}}button{{font:inherit;width:100%;
margin:.3rem 0;padding:.7rem}}</style>
<h1>Simulated QuickBooks</h1><p>{said}</p>{buttons}</html>"""


class OAuth:
    """One simulator's addresses."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def routes(self) -> list[Route]:
        return [
            Route("/oauth2/authorize", self.ask, methods=["GET"]),
            Route("/oauth2/authorize", self.decide, methods=["POST"]),
            Route("/oauth2/v1/tokens/bearer", self.tokens, methods=["POST"]),
            Route("/oauth2/revoke", self.revoke, methods=["POST"]),
            Route("/.well-known/openid_configuration", self.discovery),
            Route("/.well-known/openid_sandbox_configuration", self.discovery),
        ]

    async def ask(self, request: Request) -> Response:
        try:
            self._simulator.check_authorize(dict(request.query_params))
        except ValueError as error:
            said = f"Sorry, the app is not set up correctly: {escape(str(error))}."
            return HTMLResponse(PAGE.format(said=said, buttons=""), 400)
        buttons = "".join(
            f'<button name="realm" value="{escape(realm)}">Connect {escape(books.name)}</button>'
            for realm, books in self._simulator.companies.items()
        )
        form = f'<form method="post">{buttons}<button name="deny" value="1">Cancel</button></form>'
        said = "Choose the company that the app may read and change."
        return HTMLResponse(PAGE.format(said=said, buttons=form))

    async def decide(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        try:
            callback = self._simulator.authorize(
                str(request.url), realm=form.get("realm"), deny="deny" in form
            )
        except (KeyError, ValueError) as error:
            return HTMLResponse(PAGE.format(said=escape(str(error)), buttons=""), 400)
        return RedirectResponse(callback, 302)

    async def tokens(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        grant_type = form.get("grant_type", "")

        async def do() -> Response:
            self._check_client(request)
            grant = self._granted(grant_type, form)
            hard = request.headers.get("x-include-refresh-token-hard-expires-in") == "true"
            return json_answer(
                self._simulator.grants.answer(grant, hard=hard), cache_control="no-store"
            )

        return await self._exchanged(request, f"token.{grant_type}", do)

    def _granted(self, grant_type: str, form: dict[str, str]) -> Grant:
        grants = self._simulator.grants
        match grant_type:
            case "authorization_code":
                return grants.exchanged(form.get("code", ""), form.get("redirect_uri", ""))
            case "refresh_token":
                return grants.refreshed(form.get("refresh_token", ""))
            case _:
                raise Denied("unsupported_grant_type", "Grant type is not supported")

    async def revoke(self, request: Request) -> Response:
        body = (await request.body()).decode()

        async def do() -> Response:
            self._check_client(request)
            is_json = "json" in request.headers.get("content-type", "")
            sent = table(read(body)) if is_json else dict(parse_qsl(body))
            self._simulator.grants.revoke(str(sent.get("token", "")))
            return Response()

        return await self._exchanged(request, "revoke", do)

    async def _exchanged(self, request: Request, spot: str, do: Answer) -> Response:
        asked = Asked(spot, request.method, request.url.path, self._simulator.clock())

        async def allowed() -> Response:
            try:
                return await do()
            except Denied as denied:
                return json_answer(denied.body, denied.status)

        return await exchanged(self._simulator, asked, request, allowed)

    def _check_client(self, request: Request) -> None:
        kind, _, encoded = request.headers.get("authorization", "").partition(" ")
        try:
            sent = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            sent = ""
        expected = f"{self._simulator.client_id}:{self._simulator.client_secret}"
        if kind.lower() != "basic" or sent != expected:
            raise Denied("invalid_client", "Client authentication failed", 401)

    async def discovery(self, request: Request) -> Response:
        root = str(request.base_url).rstrip("/")
        return json_answer(
            {
                "issuer": root,
                "authorization_endpoint": f"{root}/oauth2/authorize",
                "token_endpoint": f"{root}/oauth2/v1/tokens/bearer",
                "userinfo_endpoint": f"{root}/oauth2/userinfo",
                "revocation_endpoint": f"{root}/oauth2/revoke",
                "jwks_uri": f"{root}/oauth2/jwks",
                "response_types_supported": ["code"],
                "scopes_supported": ["com.intuit.quickbooks.accounting"],
            }
        )

"""Where Intuit sends people back to, with a page that says what has come of it."""

import logging
import re
from base64 import b64encode
from hashlib import sha256
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from db.errors import Unavailable
from quickbooks.consenting import Consenting, NotGranted, Unasked
from quickbooks.errors import Retryable
from quickbooks.options import CALLBACK_PATH

_log = logging.getLogger(__name__)

_REALM = re.compile(r"[0-9]{1,32}")
_TEXT_MAX = 1000
_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 32rem; margin: 3rem auto; padding: 0 1rem; font: 15px/1.45 system-ui; }
a { color: light-dark(#14532d, #86e0a8); }
"""
_STYLE_DIGEST = b64encode(sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    # Nothing is loaded, shown within another page, or told of where somebody goes from here.
    "content-security-policy": f"default-src 'none'; style-src 'sha256-{_STYLE_DIGEST}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
}
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{style}</style>
<h1>{title}</h1>
<p>{said}</p>
<p><a href="/quickbooks">QuickBooks in Remit</a></p>
</html>
"""
_AGAIN = "Nothing was changed. To try again, connect anew."


def routes(consenting: Consenting) -> list[Route]:
    async def come_back(request: Request) -> Response:
        if request.method != "GET":
            # Whoever only looks at an address must not use it up.
            return Response(status_code=405, headers={"allow": "GET"})
        try:
            return await _decided(consenting, request)
        except Unasked:
            return _page(400, "This address is not good any more", f"Used or too old. {_AGAIN}")
        except NotGranted as reason:
            return _page(502, "QuickBooks was not connected", f"{reason}. {_AGAIN}")
        except Retryable as error:
            return _page(503, "QuickBooks was not connected", f"{error.message}. {_AGAIN}")
        except Unavailable as error:
            _log.warning("a consent could not be taken down: %s", error)
            return _page(503, "QuickBooks was not connected", f"The server is busy. {_AGAIN}")

    return [Route(CALLBACK_PATH, come_back, methods=["GET"])]


async def _decided(consenting: Consenting, request: Request) -> Response:
    given = request.query_params
    state, code, realm_id = (given.get(name, "") for name in ("state", "code", "realmId"))
    if not 0 < len(state) <= _TEXT_MAX:
        raise Unasked
    if "error" in given:
        await consenting.decline(state)
        return _page(200, "QuickBooks was not connected", f"It was declined at Intuit. {_AGAIN}")
    if not 0 < len(code) <= _TEXT_MAX or not _REALM.fullmatch(realm_id):
        return _page(400, "QuickBooks was not connected", f"Something is missing. {_AGAIN}")
    done = await consenting.accept(state, code, realm_id)
    return _page(
        200,
        "QuickBooks is connected",
        f"{done.company_name} is now connected to {done.organization_name} in Remit.",
    )


def _page(status: int, title: str, said: str) -> Response:
    page = _PAGE.format(title=escape(title), said=escape(said), style=_STYLE)
    return HTMLResponse(page, status, _HEADERS)

"""The accounting API under /v3/company: reading, writing, queries and the change feed."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from . import answers, entities, faults
from .books import Books
from .clock import fine_stamp
from .exchange import exchanged, json_answer, refused, throttled, xml_answer
from .faults import Refusal
from .json_text import Json, read, table
from .mishaps import Asked
from .queries import parsed
from .simulator import Simulator

LONGEST_REQUEST_ID = 50


class Api:
    """One simulator's addresses."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def routes(self) -> list[Route]:
        path = "/v3/company/{realm}/{name}"
        return [
            Route(path, self.answer, methods=["GET", "POST"]),
            Route(path + "/{row_id}", self.answer, methods=["GET"]),
        ]

    async def answer(self, request: Request) -> Response:
        body = await request.body()
        asked = Asked(
            _spot(request, body),
            request.method,
            request.url.path,
            self._simulator.clock(),
            request.query_params.get("requestid", ""),
        )

        async def do() -> Response:
            return self._answered(request, asked, body)

        return await exchanged(self._simulator, asked, request, do)

    def _answered(self, request: Request, asked: Asked, body: bytes) -> Response:
        simulator = self._simulator
        try:
            realm = request.path_params["realm"]
            simulator.grants.check(request.headers.get("authorization", ""), realm)
            if self._is_too_fast(realm):
                return throttled(simulator)
            if request.method == "POST" and not _is_typed(request):
                return Response("Unsupported Media Type", 415)
            result = self._once(simulator.companies[realm], request, asked, body)
            # XML is what QuickBooks speaks to whoever does not ask for JSON.
            is_json = "application/json" in request.headers.get("accept", "")
            return json_answer(result) if is_json else xml_answer(simulator)
        except Refusal as refusal:
            return refused(simulator, refusal)

    def _once(self, books: Books, request: Request, asked: Asked, body: bytes) -> Json:
        """A repeated requestid answers as the first time, whatever has become of the record."""
        kept = self._simulator.replays
        now = self._simulator.clock().timestamp()
        life = self._simulator.switches.request_id_life
        if len(asked.request_id) > LONGEST_REQUEST_ID:
            raise faults.too_long("requestid", LONGEST_REQUEST_ID)
        key = (books.realm, asked.request_id)
        if asked.request_id and key in kept and (life is None or now < kept[key][0] + life):
            return kept[key][1]
        result = {**self._done(books, request, asked, body), "time": fine_stamp(books.clock())}
        if asked.request_id and request.method == "POST":
            kept[key] = (now, result)
        return result

    def _done(self, books: Books, request: Request, asked: Asked, body: bytes) -> Json:
        name = request.path_params["name"]
        params = request.query_params
        if name == "cdc":
            blocks = answers.changes(
                books, params.get("entities", ""), params.get("changedSince", "")
            )
            return {"CDCResponse": [{"QueryResponse": blocks}]}
        if name == "query":
            return {"QueryResponse": answers.query(books, _query_text(request, body))}
        kind = entities.BY_PATH.get(name)
        if kind is None:
            raise Refusal("2010", f"Unsupported operation : {name}")
        if request.method == "GET":
            row_id = "1" if kind == "Preferences" else request.path_params.get("row_id", "")
            return {kind: entities.shown(books, books.find(kind, row_id))}
        asked.body = sent = _json(body)
        operation = _operation(request, sent)
        write = entities.WRITES.get((kind, operation))
        if write is None:
            raise Refusal("2010", f"Operation {operation} is not supported.")
        row = write(books, sent)
        if operation == "delete":
            return {kind: {"domain": "QBO", "status": "Deleted", "Id": row.id}}
        return {kind: entities.shown(books, row)}

    def _is_too_fast(self, realm: str) -> bool:
        """Counts this request among the last second's and the last minute's of this company."""
        switches = self._simulator.switches
        now = self._simulator.clock()
        for limit, seconds in ((switches.requests_a_second, 1), (switches.requests_a_minute, 60)):
            since = now - timedelta(seconds=seconds)
            recent = 0
            for asked in reversed(self._simulator.asked):
                if asked.at <= since:
                    break
                recent += asked.path.startswith(f"/v3/company/{realm}/")
            if limit is not None and recent > limit:
                return True
        return False


def _json(body: bytes) -> Json:
    try:
        return table(read(body))
    except ValueError:
        raise Refusal("2010", "Invalid JSON") from None


def _is_typed(request: Request) -> bool:
    """Records are JSON, and a query may be plain text."""
    kind = request.headers.get("content-type", "").partition(";")[0]
    is_query = request.path_params["name"] == "query"
    return kind in (("application/text", "text/plain") if is_query else ("application/json",))


def _operation(request: Request, body: Json) -> str:
    operation = request.query_params.get("operation", "")
    if request.query_params.get("include") == "void":
        return "void"
    return operation or ("update" if body.get("Id") else "create")


def _query_text(request: Request, body: bytes) -> str:
    return body.decode() if request.method == "POST" else request.query_params.get("query", "")


def _spot(request: Request, body: bytes) -> str:
    """`invoice.create`, `payment.read`, `query.customer`, `cdc`."""
    name = request.path_params["name"]
    if name == "cdc":
        return name
    try:
        if name == "query":
            return f"query.{parsed(_query_text(request, body)).kind.lower()}"
        if request.method == "GET":
            return f"{name}.read"
        return f"{name}.{_operation(request, _json(body))}"
    except Refusal:
        return f"{name}.malformed"

"""The floor's server: a bare ASGI function that knows four operations by their names."""

import gc
from typing import Any

import orjson

from benchmarks.floor import answers
from benchmarks.floor.pool import Pool

_OPERATIONS = {
    "Board": answers.board,
    "Detail": answers.detail,
    "Nested": answers.nested,
    "Pay": answers.pay,
}
_POOL = Pool()

# What was made while starting lives as long as the process.
gc.collect()
gc.freeze()


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    asked = orjson.loads(body)
    answer = await _OPERATIONS[asked["operationName"]](_POOL, asked["variables"])
    encoded = orjson.dumps({"data": answer})
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(encoded)).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": encoded})

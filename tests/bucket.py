"""An object store as S3 speaks, in this process: as much of it as documents need."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


@dataclass
class Bucket:
    """Objects by their whole path, and the parts of those that are still being put together."""

    objects: dict[str, bytes] = field(default_factory=dict[str, bytes])
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict[str, dict[int, bytes]])
    asked: list[str] = field(default_factory=list[str])

    def app(self) -> Starlette:
        every = ["GET", "HEAD", "PUT", "POST", "DELETE"]
        return Starlette(routes=[Route("/{path:path}", self.answer, methods=every)])

    async def answer(self, request: Request) -> Response:
        path = request.path_params["path"]
        body = await request.body()
        query = request.query_params
        self.asked.append(f"{request.method} {'&'.join(sorted(query))}".strip())
        match request.method:
            case "PUT":
                if "uploadId" in query:
                    self.parts[query["uploadId"]][int(query["partNumber"])] = body
                else:
                    self.objects[path] = body
                return Response(headers={"etag": f'"{hashlib.sha256(body).hexdigest()}"'})
            case "POST" if "uploads" in query:
                self.parts[path] = {}
                return _xml(
                    f"<InitiateMultipartUploadResult><UploadId>{path}</UploadId>"
                    "</InitiateMultipartUploadResult>"
                )
            case "POST" if "uploadId" in query:
                made = self.parts.pop(query["uploadId"])
                self.objects[path] = b"".join(made[number] for number in sorted(made))
                return _xml(
                    "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>"
                )
            case "POST":
                return self._deleted(path, body.decode())
            case "GET" if "list-type" in query:
                return self._listed(path.rstrip("/"), query.get("prefix", ""))
            case _:
                return self._got(path, request.headers.get("range"))

    def _deleted(self, bucket: str, body: str) -> Response:
        keys = re.findall("<Key>(.*?)</Key>", body)
        for key in keys:
            self.objects.pop(f"{bucket.rstrip('/')}/{key}", None)
        told = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        return _xml(f"<DeleteResult>{told}</DeleteResult>")

    def _listed(self, bucket: str, prefix: str) -> Response:
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told = "".join(
            f"<Contents><Key>{key.removeprefix(f'{bucket}/')}</Key><LastModified>{now}"
            f"</LastModified><ETag>x</ETag><Size>{len(body)}</Size></Contents>"
            for key, body in self.objects.items()
            if key.startswith(f"{bucket}/{prefix}")
        )
        return _xml(f"<ListBucketResult><IsTruncated>false</IsTruncated>{told}</ListBucketResult>")

    def _got(self, path: str, wanted: str | None) -> Response:
        if path not in self.objects:
            return _xml("<Error><Code>NoSuchKey</Code></Error>", 404)
        body = self.objects[path]
        headers = {"etag": '"x"', "last-modified": format_datetime(datetime.now(UTC), usegmt=True)}
        if wanted is None:
            return Response(body, headers=headers)
        first, last = map(int, wanted.removeprefix("bytes=").split("-"))
        last = min(last, len(body) - 1)
        headers["content-range"] = f"bytes {first}-{last}/{len(body)}"
        return Response(body[first : last + 1], 206, headers)


def _xml(text: str, status: int = 200) -> Response:
    return Response(text, status, media_type="application/xml")

"""The pages as a server hands them out: what a browser may do with them, and keep of them."""

import gzip
import re
from collections.abc import Generator
from pathlib import Path

import httpx2
import pytest

from endpoints.pages import BOARD, BUILT
from tests.test_readme import command, serving

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[httpx2.Client]:
    folder: Path = tmp_path_factory.mktemp("pages")
    command(folder, "migrate")
    with (
        serving(folder, REMIT_REQUIRE_KEYS="true") as address,
        httpx2.Client(base_url=address.removesuffix("/graphql"), headers=HTML) as http,
    ):
        yield http


def policy(answer: httpx2.Response) -> dict[str, str]:
    parts = answer.headers["content-security-policy"].split("; ")
    return {name: rest for name, _, rest in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize("path", [re.sub(r"\{.*\}", "one", path) for path in BOARD])
def test_board_is_shown_without_a_key_and_loads_nothing_from_elsewhere(
    server: httpx2.Client, path: str
) -> None:
    page = server.get(path)

    assert page.text == (BUILT / "index.html").read_text()
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    allowed = policy(page)
    assert allowed["default-src"] == allowed["frame-ancestors"] == "'none'"
    assert allowed["script-src"] == allowed["style-src"] == allowed["connect-src"] == "'self'"


def test_every_page_of_the_board_has_its_address() -> None:
    routes = re.findall(r'path="([^*"]+)"', (BUILT.parent / "src" / "board.tsx").read_text())
    served = [re.sub(r"\{.*\}", ":", path).removeprefix("/") for path in BOARD]

    assert sorted(re.sub(":.*", ":", path) for path in routes) == sorted(served)[1:]


def test_graphiql_is_shown_to_browsers_and_json_to_others(server: httpx2.Client) -> None:
    page = server.get("/graphql")
    other = server.get("/graphql", headers={"accept": "*/*"})

    assert page.text == (BUILT / "graphiql.html").read_text()
    assert policy(page)["script-src"] == policy(page)["connect-src"] == "'self'"
    assert page.headers["vary"] == "Accept"
    assert other.status_code == 401


def test_assets_are_kept_for_good_and_pages_are_asked_for_again(server: httpx2.Client) -> None:
    page = server.get("/")
    [script] = re.findall(r'src="(/assets/[^"]+\.js)"', page.text)
    asset = server.get(script)

    assert page.headers["cache-control"] == "no-cache"
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asset.headers["content-type"] == "text/javascript; charset=utf-8"
    for answer in (page, asset):
        again = server.get(answer.url, headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_first_view_loads_less_than_150_kilobytes_of_script(server: httpx2.Client) -> None:
    loaded = re.findall(r'(?:src|href)="(/assets/[^"]+\.js)"', server.get("/").text)
    sizes: list[int] = []
    for address in loaded:
        with server.stream("GET", address, headers={"accept-encoding": "gzip"}) as answer:
            sent = b"".join(answer.iter_raw())
        is_packed = answer.headers.get("content-encoding") == "gzip"
        assert (gzip.decompress(sent) if is_packed else sent) == (BUILT / address[1:]).read_bytes()
        sizes.append(len(sent))

    assert 0 < sum(sizes) < 150_000


def test_what_was_not_built_is_not_found(server: httpx2.Client) -> None:
    assert server.get("/assets/nothing.js").status_code == 404
    assert server.get("/assets/..%2findex.html").status_code == 404


def test_who_opens_an_address_of_nothing_is_shown_the_way_back(server: httpx2.Client) -> None:
    page = server.get("/invoice/one")
    other = server.get("/invoice/one", headers={"accept": "*/*"})
    sent = server.post("/invoice/one")

    assert (page.status_code, page.text) == (404, (BUILT / "index.html").read_text())
    assert policy(page) == policy(server.get("/"))
    assert page.headers["cache-control"] == "no-store"
    for answer in (other, sent):
        assert (answer.status_code, answer.text) == (404, "Not Found")

"""What the README promises, kept by a real server over real HTTP."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
WAIT_SECONDS = 30


def command(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, ROOT / "cli.py", *arguments],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    return {**kept, "REMIT_DATA_DIR": str(folder), **more}


@contextmanager
def serving(folder: Path, **settings: str) -> Generator[str]:
    """A server in a process of its own; answers its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, ROOT / "server.py"],
        env=environment(folder, REMIT_PORT=str(port), **settings),
        stdout=subprocess.PIPE,
        text=True,
    )
    address = f"http://{settings.get('REMIT_HOST', '127.0.0.1')}:{port}/graphql"
    try:
        wait_for(address)
        yield address
    finally:
        server.terminate()
        assert address in server.communicate(timeout=WAIT_SECONDS)[0]


def wait_for(address: str) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            httpx2.get(address, headers={"accept": "text/html"}).raise_for_status()
        except httpx2.TransportError:
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)
        else:
            return


def readme_query() -> dict[str, str]:
    """The body of the README's curl command, as a shell would send it."""
    found = re.search(r"-d '(\{.*?\})'", README, re.DOTALL)
    assert found is not None
    return json.loads(found.group(1))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    command(folder, "migrate")
    command(folder, "demo", "--if-empty")
    return folder


def test_first_query_is_answered_in_the_shape_that_the_readme_shows(demo: Path) -> None:
    shown = re.search(r"```json\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    [expected] = json.loads(shown.group(1))["data"].values()

    with serving(demo) as address:
        answer = httpx2.post(address, json=readme_query()).json()

    [found] = answer["data"].values()
    assert found["totalCount"] > 0
    assert [sorted(node) for node in found["nodes"]] == [sorted(node) for node in expected["nodes"]]


def test_data_is_kept_when_the_server_starts_again(demo: Path) -> None:
    with serving(demo) as address:
        before = httpx2.post(address, json=readme_query()).json()

    command(demo, "migrate")
    command(demo, "demo", "--if-empty")

    with serving(demo) as address:
        assert httpx2.post(address, json=readme_query()).json() == before


def test_database_that_is_not_migrated_is_not_served(tmp_path: Path) -> None:
    refused = subprocess.run(
        [sys.executable, ROOT / "server.py"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert "Run: remit migrate" in refused.stderr


def test_other_machines_are_not_served_without_keys(demo: Path) -> None:
    refused = subprocess.run(
        [sys.executable, ROOT / "server.py"],
        env=environment(demo, REMIT_HOST="0.0.0.0"),  # noqa: S104 - what is to be refused
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert "REMIT_HOST=127.0.0.1" in refused.stderr
    assert "REMIT_REQUIRE_KEYS=true" in refused.stderr
    assert "remit keys create --organization 1" in refused.stderr


def test_other_machines_are_served_with_keys_and_without_a_demo(tmp_path: Path) -> None:
    command(tmp_path, "migrate")
    named = ("--name", "Laurier Freight", "--time-zone", "America/Toronto", "--currency", "CAD")
    command(tmp_path, "organizations", "create", *named)
    made = command(
        tmp_path, "keys", "create", "--organization", "2", "--name", "Board", "--role", "clerk"
    )
    asked = {"query": "{ viewer { name role organization { name } } }"}

    with serving(tmp_path, REMIT_HOST="0.0.0.0", REMIT_REQUIRE_KEYS="true") as address:  # noqa: S104 - served with keys
        stranger = httpx2.post(address, json=asked)
        headers = {"authorization": f"Bearer {made.stdout.strip()}"}
        answer = httpx2.post(address, json=asked, headers=headers)

    assert (stranger.status_code, stranger.headers["www-authenticate"]) == (
        401,
        'Bearer realm="remit"',
    )
    assert answer.json()["data"]["viewer"] == {
        "name": "Board",
        "role": "clerk",
        "organization": {"name": "Laurier Freight"},
    }
    # It was not written in the second that this took, but when the server stopped.
    listed = command(tmp_path, "keys", "list", "--organization", "2").stdout
    assert listed.count("Z") == 2


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    from settings import Settings  # noqa: PLC0415 - only this test looks inside

    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", README, re.MULTILINE)
    fields = {str(field.validation_alias): field for field in Settings.model_fields.values()}
    assert [name for name, _ in rows] == list(dict.fromkeys(name for name, _ in rows))
    assert dict(rows).keys() == fields.keys()
    for name, told in rows:
        default = fields[name].default
        if default is not None:
            shown = str(default).lower() if isinstance(default, bool) else str(default)
            assert told == f"`{shown}`", name

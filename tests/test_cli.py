"""The commands as a newcomer runs them: real processes, on SQLite in a folder of their own."""

import os
from pathlib import Path

import pytest

from domain.api_key import digest_of, organization_of
from tests.databases import SQLite
from tests.processes import ROOT
from tests.shell import Shell

COMMANDS = (
    *("serve", "worker", "migrate", "demo", "audit", "sweep", "schema"),
    *("organizations", "keys", "jobs"),
)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "new" / "folder")


@pytest.fixture
def migrated(shell: Shell, sqlite: SQLite) -> Shell:
    shell.migrate(sqlite)
    return shell


@pytest.fixture
def filled(migrated: Shell) -> Shell:
    migrated.fill()
    return migrated


def test_a_database_is_made_filled_and_proved(shell: Shell) -> None:
    assert shell.remit("migrate") == (0, "The database is up to date.\n", "")
    assert shell.remit("audit") == (0, "Checked an empty database: 0 differ.\n", "")
    made = "Made 30 invoices and what belongs to them.\n"
    assert shell.remit("demo", "--invoices", "30", "--seed", "3") == (0, made, "")
    assert shell.run("SELECT count(*) FROM invoices") == [(30,)]
    code, told, _ = shell.remit("audit")
    assert code == 0
    assert told.endswith(": 0 differ.\n")
    assert " 30 invoices, " in told


def test_demo_data_is_made_once(migrated: Shell) -> None:
    shell = migrated
    shell.remit("demo", "--invoices", "5", "--if-empty")
    code, told, refused = shell.remit("demo", "--invoices", "5")
    assert (code, told) == (1, "")
    assert refused.startswith("Demo Freight Ltd. has data already: 5 invoices, ")
    assert refused.endswith("Demo data is made only where there is none.\n")
    code, told, refused = shell.remit("demo", "--invoices", "5", "--if-empty")
    assert (code, refused) == (0, "")
    assert told.startswith("Demo Freight Ltd. has data already: 5 invoices, ")
    assert shell.run("SELECT count(*) FROM invoices") == [(5,)]


def test_audit_names_what_differs(filled: Shell) -> None:
    filled.run("UPDATE counters SET value = 9 WHERE name = 'invoices'")
    code, told, _ = filled.remit("audit")
    difference, summary = told.splitlines()
    assert code == 1
    assert difference == (
        "The counter of invoices of organization 1: it stands at 9, the highest number is 5"
    )
    assert summary.endswith(": 1 differ.")


@pytest.mark.parametrize(
    "command",
    [
        "demo",
        "audit",
        "sweep",
        "worker",
        "organizations list",
        "keys list --organization 1",
        "jobs list",
    ],
)
def test_a_database_without_tables_is_to_be_migrated_first(shell: Shell, command: str) -> None:
    advice = "The database is not up to date. Run: remit migrate\n"
    assert shell.remit(*command.split()) == (1, "", advice)


def test_sweep_tells_what_it_removed(filled: Shell) -> None:
    filled.run(
        "INSERT INTO documents (organization_id, id, invoice_id, document_type, file_name,"
        " mime_type, created_by, created_at) SELECT 1, 'document_01', id, 'other', 'a.pdf',"
        " 'application/pdf', 'x', '2020-01-01T00:00:00.000Z' FROM invoices WHERE number = 1"
    )
    forgotten = filled.database.parent / "documents" / "1" / ("a" * 64)
    forgotten.parent.mkdir(parents=True)
    forgotten.write_bytes(b"x")
    os.utime(forgotten, (0, 0))
    told = "Removed {} documents that never arrived, {} files of no document, 0 unfinished files.\n"

    assert filled.remit("sweep") == (0, told.format(1, 1), "")
    assert not forgotten.exists()
    assert filled.remit("sweep") == (0, told.format(0, 0), "")
    assert filled.remit("audit")[0] == 0


def test_a_storage_that_is_none_is_refused(filled: Shell) -> None:
    filled.set("REMIT_STORAGE_URL", "nowhere://bucket")
    code, told, refused = filled.remit("sweep")
    assert (code, told) == (1, "")
    assert refused.startswith("REMIT_STORAGE_URL cannot be used. ")
    code, told, refused = filled.remit("serve")
    assert (code, told) == (1, "")
    assert refused.startswith("REMIT_STORAGE_URL cannot be used. ")


def test_a_secret_that_was_lost_signs_nothing(filled: Shell) -> None:
    # As a disk may leave it that has lost its power.
    (filled.database.parent / "secret").touch()
    code, told, refused = filled.remit("serve")
    assert (code, told) == (1, "")
    assert refused.endswith("/secret is no secret: it has less than 32 characters. Remove it\n")


def test_schema_is_the_published_one(shell: Shell) -> None:
    assert shell.remit("schema") == (0, (ROOT / "schema.graphql").read_text(), "")


def test_help_names_every_command(shell: Shell) -> None:
    _, told, _ = shell.remit("--help")
    assert all(f" {name} " in told for name in COMMANDS)


def test_organization_is_made_and_its_keys(migrated: Shell) -> None:
    shell = migrated
    named = ("--name", "Laurier [Freight]", "--time-zone", "America/Toronto", "--currency", "CAD")
    # Number 1 is the demo organization's.
    for number in (2, 3):
        made = f"Made organization {number}, Laurier [Freight].\n"
        assert shell.remit("organizations", "create", *named) == (0, made, "")
    assert shell.run("SELECT count(*) FROM counters WHERE value = 0") == [(6,)]
    _, listed, _ = shell.remit("organizations", "list")
    assert [line.split() for line in listed.splitlines()[1:]] == [
        ["2", "Laurier", "[Freight]", "America/Toronto", "CAD"],
        ["3", "Laurier", "[Freight]", "America/Toronto", "CAD"],
    ]
    assert shell.remit("audit")[0] == 0

    of_it = ("--organization", "2")
    code, key, told = shell.remit("keys", "create", *of_it, "--name", "Board", "--role", "clerk")
    assert code == 0
    assert organization_of(key.removesuffix("\n")) == 2
    key_id = told.split()[1].removesuffix(",")
    assert told.splitlines()[0] == f"Made {key_id}, clerk of organization 2."
    assert shell.run("SELECT digest FROM api_keys") == [(digest_of(key.strip()),)]
    _, listed, _ = shell.remit("keys", "list", *of_it)
    [line] = listed.splitlines()[1:]
    assert line.split()[:3] == [key_id, "Board", "clerk"]
    assert "remit_" not in listed

    code, told, _ = shell.remit("keys", "revoke", *of_it, "--key", key_id)
    assert code == 0
    assert told.startswith(f"{key_id} (Board) is revoked since 20")
    assert shell.run("SELECT count(*) FROM api_keys WHERE revoked_at IS NOT NULL") == [(1,)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            "organizations create --name X --time-zone Mars --currency CAD",
            "This is not a time zone, such as America/Toronto (--time-zone)",
        ),
        (
            "organizations create --name X --time-zone UTC --currency JPY",
            "This is not the ISO 4217 code of a two-decimal currency (--currency)",
        ),
        (
            f"organizations create --name {'x' * 201} --time-zone UTC --currency CAD",
            "At most 200 characters are allowed (--name)",
        ),
        (
            "keys create --organization 7 --name X --role clerk",
            "There is no organization 7 (--organization)",
        ),
        ("keys list --organization 7", "There is no organization 7 (--organization)"),
        (
            "keys revoke --organization 7 --key key_1",
            "Organization 7 has no key with this id (--key)",
        ),
        (
            "keys revoke --organization 7 --key \udcff",
            "Organization 7 has no key with this id (--key)",
        ),
    ],
)
def test_command_that_cannot_be_done_says_why(migrated: Shell, arguments: str, words: str) -> None:
    assert migrated.remit(*arguments.split()) == (1, "", f"{words}\n")
    assert migrated.run("SELECT count(*) FROM organizations") == [(0,)]

"""`remit jobs`: what was given up is shown, and begins anew when told to."""

from pathlib import Path

import pytest

from tests.databases import SQLite
from tests.shell import Shell

JOBS = """INSERT INTO jobs (organization_id, id, kind, key, lane, rank, payload, state, run_at,
    attempts, attempts_max, error, created_at)
  VALUES (1, '{id}', 'pushInvoice', 'invoice_{id}', 'x', 1, '{{}}', '{state}',
    '2026-03-10T14:05:00.000Z', 10, 10, {error}, '2026-03-10T14:05:00.000Z')"""
STATES = "SELECT id, state, attempts, error FROM jobs ORDER BY id"
DEAD = "QuickBooks answered [500]"


@pytest.fixture
def shell(tmp_path: Path, sqlite: SQLite) -> Shell:
    shell = Shell(tmp_path / "new" / "folder")
    shell.migrate(sqlite)
    shell.fill()
    return shell


def insert(shell: Shell, *dead: str) -> None:
    for one in dead:
        shell.run(JOBS.format(id=one, state="dead", error=f"'{DEAD}'"))
    shell.run(JOBS.format(id="job_waiting", state="queued", error="NULL"))


def test_the_dead_are_listed_with_what_went_wrong(shell: Shell) -> None:
    insert(shell, "job_1", "job_2")
    code, told, refused = shell.remit("jobs", "list")
    assert (code, refused) == (0, "")
    head, *rows = told.splitlines()
    assert head.split() == ["id", "organization", "kind", "key", "attempts", "error"]
    row = ["1", "pushInvoice", "invoice_{}", "10", "QuickBooks", "answered", "[500]"]
    assert [line.split() for line in rows] == [
        ["job_1", *(word.format("job_1") for word in row)],
        ["job_2", *(word.format("job_2") for word in row)],
    ]


def test_one_is_retried_or_all_are(shell: Shell) -> None:
    insert(shell, "job_1", "job_2", "job_3")
    assert shell.remit("jobs", "retry", "--job", "job_2") == (0, "1 job begins anew.\n", "")
    waiting = ("job_waiting", "queued", 10, None)
    assert shell.run(STATES) == [
        ("job_1", "dead", 10, DEAD),
        ("job_2", "queued", 0, None),
        ("job_3", "dead", 10, DEAD),
        waiting,
    ]
    assert shell.remit("jobs", "retry", "--all") == (0, "2 jobs begin anew.\n", "")
    anew = [(f"job_{number}", "queued", 0, None) for number in (1, 2, 3)]
    assert shell.run(STATES) == [*anew, waiting]
    assert shell.remit("jobs", "retry", "--all") == (0, "0 jobs begin anew.\n", "")


def test_what_was_not_given_up_is_not_retried(shell: Shell) -> None:
    insert(shell)
    refused = "No job job_waiting was given up. See: remit jobs list\n"
    assert shell.remit("jobs", "retry", "--job", "job_waiting") == (1, "", refused)
    which = "Say which job to retry: --job ID, or --all\n"
    assert shell.remit("jobs", "retry") == (1, "", which)
    assert shell.remit("jobs", "retry", "--all", "--job", "x") == (1, "", which)

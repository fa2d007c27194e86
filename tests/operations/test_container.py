"""What the image and the compose file say fits the code; neither can be built where tests run."""

import re

from settings import Settings
from tests.processes import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()
IGNORED = (ROOT / ".dockerignore").read_text().splitlines()
FINAL = DOCKERFILE.rpartition("\nFROM ")[2]
SETTINGS = {str(field.validation_alias) for field in Settings.model_fields.values()}
# The image of PostgreSQL reads these.
POSTGRESQL = {"POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB"}


def copied() -> list[str]:
    """What the final image takes from the repository."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", FINAL, re.MULTILINE)
    return [source for line in lines for source in line.split()[:-1]]


def test_the_image_has_all_that_the_code_consists_of() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"benchmarks", "tests"}
    modules = {path.name for path in ROOT.glob("*.py")}
    assert set(copied()) == packages | modules | {"web/dist"}


def test_what_is_copied_is_there_and_sent_to_the_builder() -> None:
    first = re.findall(r"^COPY (.+) \./$", DOCKERFILE, re.MULTILINE)[0].split()
    for source in [*first, *copied()]:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in IGNORED, source


def test_the_server_does_not_run_as_root_and_has_no_build_tools() -> None:
    users = re.findall(r"^USER (\S+)$", FINAL, re.MULTILINE)
    assert users == ["remit"]
    assert "useradd --system --uid 10001" in FINAL
    assert FINAL.index("USER remit") < FINAL.index("ENTRYPOINT")
    assert not re.search(r"pip|uv |apt|gcc|build-essential", FINAL)


def test_every_variable_is_a_setting() -> None:
    image = set(re.findall(r"\b(REMIT_[A-Z_]+|[A-Z_]*DATABASE_URL)\b", DOCKERFILE))
    compose = set(re.findall(r"^ {6}([A-Z_]+):", COMPOSE, re.MULTILINE))
    given = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    assert image
    assert {"DATABASE_URL", "REMIT_HOST", "REMIT_REQUIRE_KEYS", "REMIT_WORKERS"} <= compose
    assert image <= SETTINGS
    assert compose | given <= SETTINGS | POSTGRESQL


def test_the_database_is_migrated_before_it_is_served_and_stopping_has_time() -> None:
    services = re.split(r"^  (?=\w+:$)", COMPOSE, flags=re.MULTILINE)
    server = next(part for part in services if part.startswith("server:"))
    assert re.search(r"migrate:\s+condition: service_completed_successfully", server)
    assert "stop_grace_period: 15s" in server
    worker = next(part for part in services if part.startswith("worker:"))
    assert 'command: ["worker"]' in worker
    assert re.search(r"migrate:\s+condition: service_completed_successfully", worker)
    assert "stop_grace_period: 15s" in worker
    # One of the two does the jobs, over the same data; only the server answers a health check.
    assert 'REMIT_RUN_JOBS: "false"' in server
    assert "REMIT_RUN_JOBS" not in worker
    assert all("- data:/data" in part for part in (server, worker))
    assert "env_file: *settings" in worker
    assert re.search(r"healthcheck:\s+disable: true", worker)
    migrate = next(part for part in services if part.startswith("migrate:"))
    assert 'command: ["migrate"]' in migrate
    assert re.search(r"postgresql:\s+condition: service_healthy", migrate)

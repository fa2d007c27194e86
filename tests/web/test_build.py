"""What is served is what its sources build: `web/dist` is committed, and may not be older."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.processes import ROOT
from tests.web import node

WEB = ROOT / "web"
# Neither is a source: the first is fetched, the others are made.
NO_SOURCES = shutil.ignore_patterns("node_modules", "dist", "gql")


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_built_pages_are_what_the_sources_build(tmp_path: Path) -> None:
    node.install(tmp_path / "bin")
    shutil.copytree(WEB, tmp_path / "web", ignore=NO_SOURCES)
    shutil.copy(ROOT / "schema.graphql", tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "web" / "node_modules").symlink_to(WEB / "node_modules")

    built = subprocess.run(
        [tmp_path / "bin" / "npm", "run", "build"],
        cwd=tmp_path / "web",
        env={**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert built.returncode == 0, built.stdout + built.stderr
    made, kept = files(tmp_path / "web" / "dist"), files(WEB / "dist")
    assert [*made] == [*kept], "run: make web"
    assert made == kept, "run: make web"

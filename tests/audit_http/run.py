"""Serves a small database, and has graphql-http audit the real server."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from tests.test_readme import command, serving  # noqa: E402 - found by the path above

TOOLS = ROOT / ".tools/audit_http"


def main() -> None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        sys.exit("The audits need node and npm")
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, TOOLS / name)
    subprocess.run([npm, "ci", "--silent"], cwd=TOOLS, check=True)
    with tempfile.TemporaryDirectory() as folder:
        command(Path(folder), "migrate")
        command(Path(folder), "demo", "--if-empty")
        with serving(Path(folder)) as address:
            audit = [node, HERE / "audit.mjs", TOOLS, address]
            found = subprocess.run(audit, env=dict(os.environ), check=False)
    sys.exit(found.returncode)


if __name__ == "__main__":
    main()

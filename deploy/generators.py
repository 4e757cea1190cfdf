"""Programs that read OpenAPI documents, for the tests: python -m deploy.generators installs them."""

import hashlib
import subprocess
import sys
from pathlib import Path

from deploy.assets import fetch
from deploy.node import Node
from deploy.refusal import Refusal

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / "tests" / "openapi"
ENVIRONMENT = ROOT / ".venv" / "generators"
LOCKED = ROOT / "requirements" / "generators.txt"


def install(node: Node) -> None:
    """Fetch what is locked, unless it is there."""
    fetch(node, TOOLS)
    wanted, stamp = hashlib.sha256(LOCKED.read_bytes()).hexdigest(), ENVIRONMENT / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    python = str(ENVIRONMENT / "bin" / "python")
    _run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(ENVIRONMENT)])
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", python, "--require-hashes"]
    _run([*uv, "-r", str(LOCKED)])
    stamp.write_text(wanted)


def _run(command: list[str]) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise Refusal(f"`{' '.join(command[:6])} ...` failed: the lines above say why.")


def main() -> int:
    try:
        install(Node())
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    return 0


if __name__ == "__main__":
    sys.exit(main())

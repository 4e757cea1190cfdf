"""Build the front-end files: python -m deploy.assets."""

import hashlib
import json
import shutil
import sys
from pathlib import Path

from deploy import shapes
from deploy.node import Node, is_on_machine
from deploy.refusal import Refusal

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "web" / "static"
BUILT = SOURCES / "dist"
LOCKED = (ROOT, ROOT / "tests" / "openapi")
KINDS = (".js", ".css", ".svg", ".png", ".ico", ".woff2")
BROWSERS = "chrome111,edge111,firefox113,safari16.4"


def fetch(node: Node, folder: Path) -> None:
    """Fetch the packages that the folder's package-lock.json names, unless they are there."""
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    node.npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", folder=folder)
    stamp.write_text(wanted)


def lock(node: Node, folder: Path) -> None:
    """Write package-lock.json from package.json, without addresses."""
    words = (
        "--package-lock-only",
        "--omit-lockfile-registry-resolved",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    )
    node.npm("install", *words, folder=folder)
    file = folder / "package-lock.json"
    content = json.loads(file.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    file.write_text(json.dumps(content, indent=2) + "\n")


def bundle(node: Node) -> dict[str, str]:
    """Each file of web/static under a name with its hash; the answer maps the plain names to those."""
    unfinished = BUILT.with_name("dist.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    description = unfinished / "description.json"
    entries = sorted(str(file.relative_to(ROOT)) for file in SOURCES.iterdir() if file.suffix in KINDS)
    node.run(
        ROOT / "node_modules" / "esbuild" / "bin" / "esbuild",
        *entries,
        *("--bundle", "--minify", "--format=iife", f"--target={BROWSERS}", "--log-level=warning"),
        *("--entry-names=[name]-[hash]", "--asset-names=[name]-[hash]", f"--outdir={unfinished}"),
        *(f"--loader:{kind}=copy" for kind in KINDS if kind not in (".js", ".css")),
        f"--metafile={description}",
        folder=ROOT,
    )
    outputs = json.loads(description.read_text())["outputs"]
    description.unlink()
    manifest = {}
    for output, about in outputs.items():
        sources = [about["entryPoint"]] if "entryPoint" in about else list(about["inputs"])
        if len(sources) == 1 and sources[0] in entries:
            manifest[Path(sources[0]).name] = Path(output).name
    shapes.write(ROOT / "node_modules" / "world-atlas" / "countries-50m.json", unfinished / "countries.json")
    (unfinished / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True))
    shutil.rmtree(BUILT, ignore_errors=True)
    unfinished.rename(BUILT)
    return manifest


def main() -> int:
    if sys.argv[1:] == ["--has-node"]:
        return 0 if is_on_machine() else 1
    try:
        node = Node()
        if sys.argv[1:] == ["--lock"]:
            for folder in LOCKED:
                lock(node, folder)
            return 0
        fetch(node, ROOT)
        bundle(node)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    return 0


if __name__ == "__main__":
    sys.exit(main())

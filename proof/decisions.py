"""Which modules are pure decisions: functions that ask no database, no network and no clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("kit", "services")
OUTSIDE = {
    *("aiohttp", "asyncpg", "fastapi", "httpx", "pgqueuer", "pydantic_settings", "sqlalchemy", "sqlmodel", "starlette"),
    *("structlog", "uvicorn"),
    *("kit.client", "kit.clock", "kit.db", "kit.jobs", "kit.notices", "kit.settings"),
}
"""Who imports one of these, or a name out of it, reaches for something that is not handed over."""


def decisions() -> list[Path]:
    """Every module of ours that imports nothing of the outside, and has a function that waits for nobody."""
    return [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")) if is_decision(file)]


def is_decision(file: Path) -> bool:
    outside = OUTSIDE & {name_of(file), *imported(file)}
    return not outside and any(functions(ast.parse(file.read_text())))


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def imported(file: Path) -> Iterator[str]:
    """What is imported, with every package that it lies in."""
    for node in ast.walk(ast.parse(file.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        for name in names:
            parts = f"{node.module}.{name}".split(".") if isinstance(node, ast.ImportFrom) else name.split(".")
            yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """The functions of a module and of its classes; those within a function belong to it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node)

"""Small faults in a function, one at a time: another comparison, another constant, an answer that is nothing."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from proof.decisions import functions

OTHERWISE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
PASSED_OVER = {"annotation", "returns", "decorator_list", "type_params", "format_spec"}
WITH_A_CONDITION = (ast.If, ast.IfExp, ast.While)


@dataclass(frozen=True)
class Mutant:
    """One fault: where it is, how it reads, and the module with it, compiled."""

    line: int
    change: str
    function: ast.FunctionDef
    tree: ast.Module
    path: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.change}"


def mutants(source: str, path: str) -> Iterator[Mutant]:
    """A mutant is to be compiled before the next one is asked for: the tree is mended in between."""
    tree = ast.parse(source)
    for function in functions(tree):
        for parent, name, place, node in _expressions(function.body):
            for changed in _changed(parent, name, node):
                ast.fix_missing_locations(ast.copy_location(changed, node))
                _put(parent, name, place, changed)
                change = f"{_short(node)}  ->  {_short(changed)}"
                yield Mutant(node.lineno, change, function, tree, path)
                _put(parent, name, place, node)


def _expressions(body: list[ast.stmt]) -> Iterator[tuple[ast.AST, str, int | None, ast.expr]]:
    """Every expression, with where it stands in the tree; no types, no words about the function, no assertions."""
    waiting: list[ast.AST] = [statement for statement in body if not _is_said(statement)]
    while waiting:
        parent = waiting.pop(0)
        for name, value in ast.iter_fields(parent):
            if name in PASSED_OVER or isinstance(parent, ast.Assert):
                continue
            for place, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.expr):
                    yield parent, name, place, node
                if isinstance(node, ast.AST) and not _is_said(node):
                    waiting.append(node)


def _is_said(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changed(parent: ast.AST, name: str, node: ast.expr) -> Iterator[ast.expr]:
    is_condition = name == "test" and isinstance(parent, WITH_A_CONDITION)
    is_filter = name == "ifs"
    if isinstance(parent, ast.Return) and not (isinstance(node, ast.Constant) and node.value is None):
        # What is returned is still worked out, so that the function closes over the same names.
        answer = ast.Tuple([node, ast.Constant(None)], ast.Load())
        yield ast.Subscript(answer, ast.Constant(1), ast.Load())
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                operators = [*node.ops[:place], OTHERWISE[type(operator)](), *node.ops[place + 1 :]]
                yield ast.Compare(node.left, operators, node.comparators)  # type: ignore[arg-type]
        case ast.BoolOp():
            yield ast.BoolOp(OTHERWISE[type(node.op)](), node.values)  # type: ignore[arg-type]
        case ast.BinOp() if type(node.op) in OTHERWISE:
            yield ast.BinOp(node.left, OTHERWISE[type(node.op)](), node.right)  # type: ignore[arg-type]
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant():
            yield from _other_constants(node.value)
        case _ if is_condition or is_filter:
            yield ast.UnaryOp(ast.Not(), node)


def _other_constants(value: object) -> Iterator[ast.expr]:
    """A sentence (what has a blank within) is for people, and decides nothing."""
    match value:
        case bool():
            yield ast.Constant(not value)
        case int() | float():
            yield ast.Constant(value + 1)
        case str() if " " not in value.strip():
            yield ast.Constant(f"{value}?")


def _put(parent: ast.AST, name: str, place: int | None, node: ast.expr) -> None:
    if place is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[place] = node


def _short(node: ast.AST, most: int = 60) -> str:
    text = ast.unparse(node)
    return text if len(text) <= most else f"{text[: most - 1]}…"

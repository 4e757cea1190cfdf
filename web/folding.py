"""Templates that speak one language: what they say without a variable is translated when they are read."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

SAYING = ("_", "gettext")


class Folding(NodeTransformer):
    """Puts the translation in place of a call that translates a constant."""

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self.gettext = gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # Jinja finds it by this name
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in SAYING:
            return node
        if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const) or node.kwargs:
            return node
        said = self.gettext(node.args[0].value)
        return nodes.Const(Markup(said) % {}, lineno=node.lineno, environment=node.environment)  # noqa: S704  # ours


class SpokenEnvironment(Environment):
    """An environment whose templates speak the language of `gettext`."""

    def __init__(self, gettext: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self.speaks = gettext

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(Folding(self.speaks).visit(source), name, filename, defer_init)

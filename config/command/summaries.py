"""The first sentences of commands, read from their source: a list of commands imports none of them."""

import ast
import inspect
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path

# Of a decorator: what makes the docstring say less than click would.
TOLD_ELSEWHERE = {"help", "short_help", "hidden", "deprecated"}


def first_sentence(help: str) -> str:
    """Return the first sentence of a command's help, without its full stop. Pure."""
    paragraph = inspect.cleandoc(help).split("\n\n")[0].replace("\n", " ")
    return paragraph.split(". ")[0].rstrip(".")


def summary_of(point: EntryPoint) -> str | None:
    """Return the first sentence of the command that an entry point names; None where only the command itself tells."""
    found = find_spec(point.module)
    if found is None or found.origin is None or not found.origin.endswith(".py"):
        return None
    tree = ast.parse(Path(found.origin).read_text(encoding="utf-8"))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == point.attr)
    function = next(functions, None)
    if function is None or _is_told_elsewhere(function):
        return None
    said = ast.get_docstring(function)
    return first_sentence(said) if said else None


def _is_told_elsewhere(function: ast.FunctionDef) -> bool:
    calls = [one for one in function.decorator_list if isinstance(one, ast.Call)]
    makers = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in {"command", "group"}]
    named = {keyword.arg for call in makers for keyword in call.keywords}
    return not makers or bool(named & TOLD_ELSEWHERE)

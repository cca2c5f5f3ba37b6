"""Which test file stands at the mirrored path of which module, whether it imports it, and the written exceptions.

reasons.txt: path of a module, tab, why no test file of its own, or why that file alone cannot run most of it.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "indexer", "crawler", "web")
REASONS = Path(__file__).with_name("reasons.txt")


def modules() -> list[str]:
    """Return the paths of all modules from the project's root; migrations and `__init__.py` are none."""
    found = (path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return sorted(path.as_posix() for path in found if path.name != "__init__.py" and "migrations" not in path.parts)


def mirrored_path(module: str) -> str:
    """Return the mirrored path: `web/app/key.py` to `tests/web/app/test_key.py`; `__main__.py` to `test_main.py`."""
    path = PurePosixPath(module)
    return f"tests/{path.parent}/test_{path.stem.strip('_')}.py"


def module_of(path: str) -> str | None:
    """Return the module whose test file this is, None where there is none."""
    return _BY_TEST.get(path)


def imports(path: str, module: str) -> bool:
    """Whether a test file imports the module, or a name from it."""
    dotted = module.removesuffix(".py").replace("/", ".")
    return dotted in set(_imported(ast.parse((ROOT / path).read_text(encoding="utf-8"))))


def reasons() -> Mapping[str, str]:
    """Return the written exceptions, module to reason."""
    lines = (line.partition("\t") for line in REASONS.read_text(encoding="utf-8").splitlines() if line.strip())
    return {module.strip(): reason.strip() for module, _, reason in lines}


def _imported(tree: ast.AST) -> Iterator[str]:
    """Every dotted name that an import may mean: `from a import b` names `a` and `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


_BY_TEST = {mirrored_path(module): module for module in modules()}

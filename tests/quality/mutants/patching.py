"""A mutated module put in the place of the imported one, in a process that is thrown away afterwards.

Whoever imported a function, a class or a constant by its name holds the object itself: functions therefore get new
code, classes new members, and constants are replaced wherever a module of ours holds them.
"""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

OURS = ("config", "indexer", "crawler", "web", "tests")
KEPT = frozenset({"__dict__", "__weakref__", "__module__", "__doc__", "__slots__", "__qualname__"})


def module_of(file: Path) -> ModuleType:
    """Return the imported module of a file. Raises LookupError where no test imported it."""
    for module in list(sys.modules.values()):
        if getattr(module, "__file__", None) == str(file):
            return module
    raise LookupError(f"no judging test imports {file}")


def put_in_place(file: Path, code: str) -> None:
    """Make the imported module behave as the code says. Raises whatever the code raises when it is imported."""
    held = module_of(file)
    fresh = ModuleType(held.__name__)
    fresh.__file__ = held.__file__
    exec(compile(code, str(file), "exec"), fresh.__dict__)  # noqa: S102  # our own text
    for name, new in list(fresh.__dict__.items()):
        old = held.__dict__.get(name)
        if isinstance(new, ModuleType) or name.startswith("__"):
            continue
        if isinstance(old, type) and isinstance(new, type):
            if new.__module__ == held.__name__:
                _patch_class(old, new)
        elif _function(old) and _function(new):
            _patch_function(_function(old), _function(new))
        else:
            _replace(held, name, old, new)


def _patch_class(old: type, new: type) -> None:
    for name, member in list(vars(new).items()):
        if name in KEPT or inspect.ismemberdescriptor(member):
            continue
        before = vars(old).get(name)
        if _function(before) and _function(member):
            _patch_function(_function(before), _function(member))
        elif not name.startswith("_"):
            _set(old, name, member)


def _set(owner: type, name: str, value: object) -> None:
    try:
        setattr(owner, name, value)
    except (AttributeError, TypeError):  # members of closed sets cannot be set anew, and are not mutated
        return


def _patch_function(old: Any, new: Any) -> None:  # noqa: ANN401  # any callable with code
    if old.__module__ == new.__module__ and len(old.__code__.co_freevars) == len(new.__code__.co_freevars):
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__


def _function(value: object) -> Any:  # noqa: ANN401  # a plain function, or None
    """The plain function behind a method, a property or a wrapper."""
    for name in ("__func__", "fget", "func"):
        value = getattr(value, name, None) or value
    value = inspect.unwrap(value) if callable(value) and not isinstance(value, type) else value
    return value if isinstance(value, FunctionType) else None


def _replace(held: ModuleType, name: str, old: object, new: object) -> None:
    for module in _our_modules():
        if module.__dict__.get(name, held) is old:
            module.__dict__[name] = new
    held.__dict__[name] = new


def _our_modules() -> Iterator[ModuleType]:
    for name, module in list(sys.modules.items()):
        if module is not None and name.split(".")[0] in OURS:
            yield module

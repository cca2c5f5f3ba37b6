"""The mirror: every module has its test file at the mirrored path, which imports it, or a written reason.

How much of the module that file runs is asked behind its last test (tests/mirror/plugin.py).
"""

import pytest

from tests.mirror.modules import ROOT, imports, mirrored_path, module_of, modules, reasons

WITHOUT_FILE = {module for module in modules() if not (ROOT / mirrored_path(module)).is_file()}


@pytest.mark.parametrize("module", [each for each in modules() if each not in reasons()])
def test_a_module_has_its_test_file_which_imports_it(module: str) -> None:
    path = mirrored_path(module)

    assert (ROOT / path).is_file(), f"{module} wants {path}, or a reason in tests/mirror/reasons.txt"
    assert imports(path, module), f"{path} does not import {module}"


def test_every_written_reason_is_of_a_module_that_is_there_and_says_something() -> None:
    assert set(reasons()) <= set(modules())
    assert [module for module, reason in reasons().items() if len(reason) < len("of types alone")] == []


def test_nearly_every_module_has_its_file() -> None:
    assert len(WITHOUT_FILE) <= 0.05 * len(modules()), sorted(WITHOUT_FILE)


@pytest.mark.parametrize(
    ("module", "path"),
    [("web/app/factory.py", "tests/web/app/test_factory.py"), ("config/__main__.py", "tests/config/test_main.py")],
)
def test_the_mirrored_path_is_the_module_s_with_test_before_its_name(module: str, path: str) -> None:
    assert mirrored_path(module) == path


def test_a_test_file_at_no_mirrored_path_is_asked_for_nothing() -> None:
    assert module_of("tests/mirror/test_modules.py") is None

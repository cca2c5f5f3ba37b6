"""The mirror inside a test run: after the tests of a mirrored file comes one that asks what they ran of its module.

Lines are watched only until enough of them have run, mostly during the first tests of a file. A file that falls short
is run once more in a process of its own: what earlier files left in caches does not count against it.
"""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.mirror.modules import ROOT, module_of, reasons
from tests.mirror.share import ENOUGH, Share

ALONE = "MIRROR_ALONE"  # set in that process
WHOLE = "MIRROR_WHOLE"  # set by `make mirror`: watch to the end of each file, print a table
SECONDS = 600
measured = pytest.StashKey[dict[str, Share]]()


class MirrorItem(pytest.Item):
    """Whether the tests of a file ran enough of the module at its mirrored path."""

    def __init__(self, *, module: str, **named: object) -> None:
        super().__init__(**named)  # type: ignore[arg-type]  # name and parent, as pytest hands them
        self.module = module

    def runtest(self) -> None:
        """Fail where the share is missed, also in a process of its own."""
        share = self.config.stash[measured].get(self.module)
        self.user_properties.append(("mirror", f"{self.module:<55} {share or 'not run'}"))
        if share is None or share.is_enough or (self.module not in reasons() and self._is_enough_alone()):
            return
        pytest.fail(
            f"the file runs {share} of {self.module}, less than {ENOUGH:.0%}: test more of it, or write the reason in"
            " tests/mirror/reasons.txt",
            pytrace=False,
        )

    def _is_enough_alone(self) -> bool:
        if os.environ.get(ALONE):
            return False
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(self.path)],
            cwd=ROOT,
            env=os.environ | {ALONE: "1"},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        return done.returncode == 0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the question behind the last test of each mirrored file; not where only some of its tests were asked for."""
    config.stash[measured] = {}
    chosen = (config.getoption(name, default=None) for name in ("keyword", "markexpr", "lf", "deselect"))
    if any(chosen) or any("::" in argument for argument in config.args):
        return
    exceptions = reasons()
    last = {item.path: place for place, item in enumerate(items)}
    for path, place in sorted(last.items(), key=lambda each: each[1], reverse=True):
        module = module_of(path.relative_to(ROOT).as_posix()) if path.is_relative_to(ROOT) else None
        parent = items[place].getparent(pytest.Module)
        if module is None or parent is None:
            continue
        item = MirrorItem.from_parent(parent, name=f"mirrors {module}", module=module)
        if module in exceptions:
            words = f"{exceptions[module]}; once it runs enough, take it off tests/mirror/reasons.txt"
            item.add_marker(pytest.mark.xfail(reason=words, strict=True))
        items.insert(place + 1, item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Watch the module's lines while a test of its file runs, until enough have run."""
    share = None if isinstance(item, MirrorItem) else _share(item)
    if share is None or (share.is_enough and not os.environ.get(WHOLE)):
        return (yield)
    share.start()
    try:
        return (yield)
    finally:
        share.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what each file runs of its module, where that was asked for."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    lines = {words for report in reports for name, words in getattr(report, "user_properties", ()) if name == "mirror"}
    if os.environ.get(WHOLE):
        terminalreporter.section("what each test file runs of its module")
        terminalreporter.write("".join(f"{line}\n" for line in sorted(lines)))


def _share(item: pytest.Item) -> Share | None:
    path = item.path
    module = module_of(path.relative_to(ROOT).as_posix()) if path.is_relative_to(ROOT) else None
    if module is None:
        return None
    shares = item.config.stash[measured]
    if module not in shares:
        shares[module] = Share(ROOT / module)
    return shares[module]

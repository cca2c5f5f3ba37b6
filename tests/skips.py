"""`pytest --forbid-skips`: where all was installed that tests need, a test that skips itself has failed."""

from collections.abc import Generator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--forbid-skips", action="store_true", help="fail a test that would be skipped")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.config.getoption("--forbid-skips"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which --forbid-skips does not allow: {call.excinfo and call.excinfo.value}"
    return report

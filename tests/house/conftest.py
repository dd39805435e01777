"""Prints how long the rules took: they need nothing, so the whole folder is budgeted a second."""

import pytest

FOLDER = "tests/rules/"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add up the reports of tests/rules and say what they come to."""
    reports = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.nodeid.startswith(FOLDER)
    ]
    if reports:
        seconds = sum(report.duration for report in reports)
        calls = sum(report.when == "call" for report in reports)
        terminalreporter.write_line(f"{FOLDER}: {calls} tests in {seconds:.2f} s (budget: 1 s)")

"""The log names what failed and where, whatever way an exception gets into it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest

from mantelzorg.web.quiet_log import keep_values_out_of_logs, type_and_place

CANARY = "Zzyx Testpatient"


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    factory = logging.getLogRecordFactory()
    keep_values_out_of_logs()
    yield
    logging.setLogRecordFactory(factory)


def failure() -> ValueError:
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        error.add_note(CANARY)
        return error


def test_a_logged_exception_keeps_type_and_place(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("any").error("Failed", exc_info=failure())
    assert "Failed\nValueError (message withheld)\n" in caplog.text
    assert "test_quiet_log.py:" in caplog.text
    assert "in failure" in caplog.text
    assert CANARY not in caplog.text


def test_an_exception_as_message_or_argument_is_only_named(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("any").warning(failure())
    logging.getLogger("any").warning("Refused %s after %d tries", failure(), 3)
    assert "Refused ValueError after 3 tries" in caplog.text
    assert CANARY not in caplog.text


def test_causes_are_named_too() -> None:
    error = RuntimeError(CANARY)
    error.__cause__ = failure()
    error.__cause__.__cause__ = error
    assert [line for line in type_and_place(error).splitlines() if not line.startswith(" ")] == [
        "RuntimeError (message withheld)",
        "ValueError (message withheld)",
    ]


def test_a_failed_task_nobody_waited_for_is_quiet(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.new_event_loop()
    context = {"message": "Task exception was never retrieved", "exception": failure(), "future": [failure()]}
    loop.call_exception_handler(context)
    loop.close()
    assert "Task exception was never retrieved" in caplog.text
    assert CANARY not in caplog.text


def test_installing_twice_changes_nothing() -> None:
    factory = logging.getLogRecordFactory()
    keep_values_out_of_logs()
    assert logging.getLogRecordFactory() is factory

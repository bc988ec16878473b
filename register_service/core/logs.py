"""Logging: one JSON object a line, to stderr. Tracebacks show code, never values: those may be about a person."""

import contextlib
import logging
import sys
from typing import TextIO, cast

import structlog


class _BestEffort:
    """What stderr is when a line comes, and cannot fail: a disk without room for it must not turn an answer into an error."""

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            sys.stderr.flush()


def configure(level: str) -> None:
    """Set the log up for one process; `level` is debug, info, warning or error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _BestEffort())),
        cache_logger_on_first_use=True,
    )

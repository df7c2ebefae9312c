"""What the desk and its server log, on standard error: a JSON object a line, or plain for the eyes."""

from __future__ import annotations

import logging
import sys
from typing import Final, Literal

import structlog
from structlog.typing import EventDict, Processor

Format = Literal["json", "plain"]

#: What says little, or is said by our own lines.
_QUIET: Final = ("uvicorn.access", "httpx", "httpcore")


def configure(format: Format, level: int = logging.INFO) -> None:
    """Have everything that this process logs written that way. Exceptions come with their lines of code, and without
    the values that were in them."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _uncoloured,
    ]
    last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if format == "json":
        last += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        last += [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _uncoloured(logger: object, name: str, event: EventDict) -> EventDict:
    """A line of the server without its copy in the colours of a terminal."""
    event.pop("color_message", None)
    return event

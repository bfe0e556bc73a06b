"""`python -m mantelzorg`."""

from __future__ import annotations

import io
import os
import sys

from mantelzorg.cli import main


def _start() -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that lacks a character must not end the program.
            stream.reconfigure(errors="replace")
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`head`) has gone. Nothing more may be written when Python closes its streams.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    return status


if __name__ == "__main__":
    sys.exit(_start())

"""Who reads an archive tells nobody: the engine's word home is switched off before the engine is there."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("daft", reason="the extra qawl[corpus] is not installed")


def test_the_engine_tells_nobody() -> None:
    # daft tells of its import: what it would ask for must stand before that, and a socket would give it away.
    code = (
        "import socket, sys\n"
        "def refuse(*args, **kwargs): print('asked for the network'); raise OSError\n"
        "socket.getaddrinfo = refuse\n"
        "import qawl.corpus.engine as engine\n"
        "assert 'daft' in sys.modules\n"
        "engine.Engine().begin()\n"
        "from daft.scarf_telemetry import opted_out\n"
        "print('quiet' if opted_out() else 'telling')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "quiet"

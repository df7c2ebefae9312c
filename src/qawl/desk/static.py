"""The desk's own styles, scripts and pictures. Their addresses change with them, so that browsers may keep them."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

FOR_EVER: Final = "public, max-age=31536000, immutable"


class Files(StaticFiles):
    """A folder of files that never change under their address."""

    def file_response(self, *args: Any, **more: Any) -> Response:
        answer = super().file_response(*args, **more)
        answer.headers["Cache-Control"] = FOR_EVER
        return answer

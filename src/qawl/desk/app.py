"""The desk as an application: its routes, and what every request passes through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.resources import files
from typing import Final

from fastapi import Depends, FastAPI
from sqlalchemy import Engine
from starlette.middleware.gzip import GZipMiddleware

from qawl.desk import api, errors, fonts, health, preferences
from qawl.desk import metrics as metering
from qawl.desk.access.csrf import guard
from qawl.desk.access.middleware import Access
from qawl.desk.alerts.service import Service as Alerts
from qawl.desk.desk import Desk
from qawl.desk.gate import Gate
from qawl.desk.head import Head
from qawl.desk.headers import Headers
from qawl.desk.metrics import Metrics, Observed
from qawl.desk.pages import routers
from qawl.desk.prefix import Prefix
from qawl.desk.settings import Settings
from qawl.desk.static import Files
from qawl.desk.upkeep import Upkeep

#: Bytes of what is sent: a form has room for all that the API reads at once, and for what is told to be too long.
LARGEST: Final = 16 * 1024 * 1024


def application(engine: Engine, settings: Settings) -> FastAPI:
    """The desk over a record that is open and up to date. Whoever runs it closes the engine."""
    app = FastAPI(
        title="Qawl",
        summary="Who said what in Arabic news",
        lifespan=_lifespan([_start_upkeep, _start_alerts]),
        dependencies=[Depends(guard)],
        max_body_size=LARGEST,
        form_limits={"max_part_size": LARGEST},
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.metrics = metrics = Metrics(engine)
    alerts = Alerts(engine, settings.means)

    def told(seconds: float, well: bool) -> None:
        """The record is up to date: there may be something to tell of."""
        metrics.upkeep_told(seconds, well)
        alerts.soon()

    app.state.desk = Desk(engine, settings, Upkeep(engine, told), alerts)
    app.mount("/static", Files(directory=str(files("qawl.desk") / "static")))
    app.include_router(fonts.router)
    app.include_router(preferences.router)
    app.include_router(health.router)
    app.include_router(metering.router)
    for router in routers():
        app.include_router(router)
    app.include_router(api.router())
    errors.handle(app)
    # The last one added is the first that a request passes.
    app.add_middleware(Gate, prefix=settings.prefix)
    app.add_middleware(Access, desk=app.state.desk)
    app.add_middleware(Head)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Headers, secure=settings.secure)
    app.add_middleware(Observed, metrics=metrics, settings=settings)
    app.add_middleware(Prefix, prefix=settings.prefix)
    return app


def _start_upkeep(app: FastAPI) -> Callable[[], None]:
    upkeep: Upkeep = app.state.desk.upkeep
    upkeep.start()
    return upkeep.stop


def _start_alerts(app: FastAPI) -> Callable[[], None]:
    alerts: Alerts = app.state.desk.alerts
    alerts.start()
    return alerts.stop


def _lifespan(
    services: list[Callable[[FastAPI], Callable[[], None]]],
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Start what works in the background with the desk, and stop it with the desk."""

    @asynccontextmanager
    async def run(app: FastAPI) -> AsyncIterator[None]:
        stops = [start(app) for start in services]
        try:
            yield
        finally:
            for stop in reversed(stops):
                stop()

    return run

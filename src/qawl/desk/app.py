"""The desk as an application: its routes, and what every request passes through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.middleware.gzip import GZipMiddleware

from qawl.desk import errors, fonts, preferences
from qawl.desk.access.middleware import Access
from qawl.desk.desk import Desk
from qawl.desk.headers import Headers
from qawl.desk.pages import routers
from qawl.desk.prefix import Prefix
from qawl.desk.settings import Settings
from qawl.desk.static import Files


def application(engine: Engine, settings: Settings) -> FastAPI:
    """The desk over a record that is open and up to date. Whoever runs it closes the engine."""
    app = FastAPI(
        title="Qawl",
        summary="Who said what in Arabic news",
        lifespan=_lifespan([]),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.desk = Desk(engine, settings)
    app.mount("/static", Files(directory=str(files("qawl.desk") / "static")))
    app.include_router(fonts.router)
    app.include_router(preferences.router)
    for router in routers():
        app.include_router(router)
    errors.handle(app)
    # The last one added is the first that a request passes.
    app.add_middleware(Access, desk=app.state.desk)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Headers, secure=settings.secure)
    app.add_middleware(Prefix, prefix=settings.prefix)
    return app


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

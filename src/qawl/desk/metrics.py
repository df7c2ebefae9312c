"""What the desk counts of itself, for Prometheus; and a line in the log for each request.

Neither has the query of a request in it, nor what was sent: there may be something in them that is nobody's business.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import Final

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine, func, select
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qawl.desk.api import ROOT
from qawl.desk.settings import Settings
from qawl.desk.visitors import visitor_of
from qawl.record import tables
from qawl.record.engine import snapshot

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS: Final = (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5.0, 10.0)  # seconds
_KEPT: Final = 60.0  # seconds for which the record is not counted anew
#: What is asked for so often and says so little that it does not stand in the log.
_SILENT: Final = ("/static", "/fonts/{name}", "/health", "/ready", "/metrics")

_log = logging.getLogger(__name__)

router = APIRouter(include_in_schema=False)


class Metrics:
    """The counters of one desk."""

    def __init__(self, engine: Engine) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "qawl_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "qawl_request_seconds", "Time to answer.", ("route",), buckets=_BUCKETS, registry=self.registry
        )
        self.open = Gauge("qawl_requests_open", "Requests that are being answered.", registry=self.registry)
        self.upkeep = Histogram(
            "qawl_upkeep_seconds",
            "Time to bring up to date what follows from articles and judgements.",
            registry=self.registry,
        )
        self.upkeep_failures = Counter("qawl_upkeep_failures", "How often that failed.", registry=self.registry)
        self.registry.register(_Record(engine))
        ProcessCollector(registry=self.registry)

    def upkeep_told(self, seconds: float, well: bool) -> None:
        """Count one time that the record was brought up to date."""
        self.upkeep.observe(seconds)
        if not well:
            self.upkeep_failures.inc()


class _Record(Collector):
    """How much is in the record, counted at most once a minute."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._at = 0.0
        self._counts: dict[str, int] = {}

    def collect(self) -> Iterator[GaugeMetricFamily]:
        if not self._counts or time.monotonic() - self._at > _KEPT:
            with snapshot(self._engine) as connection:
                for table in (tables.articles, tables.statements, tables.judgements, tables.identity_judgements):
                    self._counts[table.name] = connection.scalar(select(func.count()).select_from(table)) or 0
            self._at = time.monotonic()
        for name, number in self._counts.items():
            yield GaugeMetricFamily(f"qawl_{name}", f"Rows of the table {name}.", value=number)

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing is counted when this is registered."""
        return iter(())


class Observed:
    """Middleware that counts requests by the route that answers them, and writes a line in the log for each."""

    def __init__(self, app: ASGIApp, metrics: Metrics, settings: Settings) -> None:
        self._app, self._metrics, self._settings = app, metrics, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        began = time.perf_counter()

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            with self._metrics.open.track_inprogress():
                await self._app(scope, receive, tell)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        path = scope["path"].removeprefix(self._settings.prefix)
        route = "/static" if path.startswith("/static/") else getattr(scope.get("route"), "path", "other")
        if path.startswith(f"{ROOT}/") and route.startswith("/") and not route.startswith(ROOT):
            route = ROOT + route
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        if route in _SILENT and status < 400:
            return
        visitor = scope.get("state", {}).get("visitor")
        facts = {"method": method, "path": path, "status": status, "ms": round(seconds * 1000, 1)}
        facts["client"] = scope["client"][0] if scope.get("client") else ""
        if self._settings.accounts:
            facts["account"] = visitor.name if visitor else ""
        _log.info("request", extra=facts)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """For Prometheus. On a desk with accounts it shows a token (`authorization: credentials` in its settings)."""
    if request.app.state.desk.settings.accounts:
        visitor_of(request)
    found: Metrics = request.app.state.metrics
    return Response(generate_latest(found.registry), media_type=CONTENT_TYPE_LATEST)

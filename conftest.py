"""Fixtures for all tests: databases of both engines. How long a generated example takes says nothing on a busy machine."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["databases"]

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

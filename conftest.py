"""Fixtures for all tests: databases of both engines. Generated examples may take long: the machine may be busy."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["databases"]

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

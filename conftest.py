"""Fixtures for all tests: databases of both engines."""

pytest_plugins = ["databases"]

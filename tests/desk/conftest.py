from databases import location, postgresql, record, server
from desks import chromium, desk, filled, standing, tab

__all__ = ["chromium", "desk", "filled", "location", "postgresql", "record", "server", "standing", "tab"]

from desks import chromium, desk, filled, standing, tab

__all__ = ["chromium", "desk", "filled", "standing", "tab"]

"""A Chromium for the tests: the system's, else playwright's own; None if there is none."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REASON = "no Chromium on this machine: run `make browser`"


def executable():
    """Path of a Chromium that can be started."""
    given = os.environ.get("ASCENSION_CHROMIUM")
    found = [given] if given else [shutil.which(name) for name in NAMES]
    return next((path for path in found if path), None) or _own()


def _own():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None

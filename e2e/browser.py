"""The browsers that the tests drive: where they are, how to get them. They need a Chromium; a Firefox is welcome.

`python e2e/browser.py` prints their paths; with `--install` it first fetches what there is not.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

LAUNCH_ARGS = [
    # Quiet on a closed network, and the same on machines with and without a graphics card.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Chromium refuses to run as root inside its sandbox.
    *(["--no-sandbox"] if IS_ROOT else []),
]

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX_COMMANDS = ("firefox-esr", "firefox")
MAC_FIREFOX = Path("/Applications/Firefox.app/Contents/MacOS/firefox")
MAC_APPLICATION = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
ADVICE = """No browser for the tests. Install Chromium or Google Chrome, or set E2E_BROWSER_PATH to one:
  Debian         apt-get install chromium
  Ubuntu         .venv/bin/playwright install --with-deps chromium (asks for sudo)
  macOS          brew install --cask google-chrome
  other systems  .venv/bin/playwright install chromium"""
NO_FIREFOX = "No Firefox was found, so nothing was tested in it. On Debian: apt-get install firefox-esr"


def find_browser() -> Path | None:
    """The first browser that runs: `$E2E_BROWSER_PATH`, the machine's own, Playwright's download; else None.

    Raises:
        FileNotFoundError: `$E2E_BROWSER_PATH` is set and does not run.
    """
    if chosen := os.environ.get("E2E_BROWSER_PATH"):
        if not _runs(Path(chosen)):
            raise FileNotFoundError(f"E2E_BROWSER_PATH is {chosen}, which does not run. Correct or unset it.")
        return Path(chosen)
    return next((path for path in _candidates() if _runs(path)), None)


def install_browser() -> Path | None:
    """The browser, fetched if there is none: Playwright's, else Debian's if we may; None if neither came."""
    if found := find_browser():
        return found
    print("No browser for the tests yet: fetching one.", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    found = find_browser()
    if found is None and IS_ROOT and _on_debian():
        _apt_install("chromium")
        found = find_browser()
    return found


def find_firefox() -> Path | None:
    """The machine's own Firefox; None if there is none that runs."""
    commands = (Path(path) for command in FIREFOX_COMMANDS if (path := shutil.which(command)))
    return next((path for path in (*commands, MAC_FIREFOX) if _runs(path)), None)


def install_firefox() -> Path | None:
    """Firefox, fetched if there is none and we may; None if it did not come. Playwright's own would not do as well."""
    if find_firefox() is None and IS_ROOT and _on_debian():
        print("No Firefox for the tests yet: fetching one.", flush=True)
        _apt_install("firefox-esr")
    return find_firefox()


def _apt_install(package: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", package]):
        subprocess.run(command, env=environment, check=False)


def _candidates() -> Iterator[Path]:
    for command in COMMANDS:
        if path := shutil.which(command):
            yield Path(path)
    yield MAC_APPLICATION
    yield from _downloads()


def _downloads() -> Iterator[Path]:
    """What Playwright downloaded: the revision it wants first, then any other, newest first."""
    # In a process of its own, since Playwright refuses to start twice in one thread.
    asked = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
    if wanted := asked.stdout.strip():
        yield Path(wanted)
    for pattern in ("chromium_headless_shell-*/chrome-*/*headless*shell", "chromium-*/chrome-*/chrome"):
        yield from sorted(_download_folder().glob(pattern), reverse=True)


def _download_folder() -> Path:
    if chosen := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return Path(chosen)
    caches = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return caches / "ms-playwright"


def _runs(path: Path) -> bool:
    """Whether it can say its version: a stub that only points to a package cannot."""
    try:
        asked = subprocess.run(
            [path, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _on_debian() -> bool:
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def main(arguments: list[str]) -> int:
    """Print the browsers' paths, fetching them first if `--install` is given; 1 if there is no Chromium."""
    install = "--install" in arguments
    try:
        found = install_browser() if install else find_browser()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print(found or ADVICE, file=sys.stdout if found else sys.stderr)
    print((install_firefox() if install else find_firefox()) or NO_FIREFOX)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

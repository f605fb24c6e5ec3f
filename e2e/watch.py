"""What must never happen while any page of the service is open, noticed whenever it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from playwright.sync_api import Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

STATUS_MESSAGE = "Failed to load resource: the server responded with a status of"
"""The console's word for what is told, with its address, by the answer itself."""

FIRST_ERROR_STATUS = 400
SEE_OTHER = 303
STUDIO = "/studio"
"""The one address that answers a form with a page: nothing is done there but shown."""

KEPT = """async () => {
    const number = (count) => { try { return count(); } catch (error) { return 0; } };
    const databases = async () => { try { return (await indexedDB.databases()).length; } catch (error) { return 0; } };
    return {
        localStorage: number(() => localStorage.length),
        sessionStorage: number(() => sessionStorage.length),
        indexedDB: await databases(),
        cookie: number(() => document.cookie.length),
    };
}"""


class Watch:
    """Everything wrong in a browser context since it was last asked.

    That is: an error or warning on the console (the browser tells of broken security policies there), an error in a
    script, a request to a website not allowed here, one that fails, an error page that was not expected, a form
    answered by anything but a redirect, and anything kept on the person's computer.
    """

    def __init__(self, context: BrowserContext, allowed: Iterable[str], *, scripts: bool = True) -> None:
        self.context = context
        self.allowed = set(allowed)
        self.scripts = scripts
        self.expected_status: int | None = None
        self.requests: list[Request] = []
        self._seen: list[str] = []
        self._listeners: dict[str, Callable[..., None]] = {
            "console": self._console,
            "weberror": self._script_error,
            "request": self._request,
            "requestfailed": self._failed,
            "response": self._response,
        }
        self._emitter = cast("Any", context)  # typed for names of events written out only
        for event, listener in self._listeners.items():
            self._emitter.on(event, listener)

    def leave(self) -> None:
        """Watches no more."""
        for event, listener in self._listeners.items():
            self._emitter.remove_listener(event, listener)

    def take(self) -> list[str]:
        """The faults, each a sentence; the next time only new ones."""
        # A page that is not opened yet keeps nothing, and some browsers will not even look.
        opened = [page for page in self.context.pages if page.url.startswith("http")]
        for page in opened if self.scripts else []:
            self._seen.extend(kept_by(page))
        self._seen.extend(f"a cookie was kept: {cookie.get('name')}" for cookie in self.context.cookies())
        seen, self._seen, self.requests = self._seen, [], []
        self.expected_status = None
        return seen

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(STATUS_MESSAGE):
            self._seen.append(f"the console says: {message.text}")

    def _script_error(self, error: WebError) -> None:
        self._seen.append(f"a script failed: {error.error.message}")

    def _request(self, request: Request) -> None:
        self.requests.append(request)
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and f"{address.scheme}://{address.netloc}" not in self.allowed:
            self._seen.append(f"another website was asked for {request.url}")

    def _failed(self, request: Request) -> None:
        # The browser drops what it no longer needs when the person goes on to the next page.
        if request.failure != "net::ERR_ABORTED":
            self._seen.append(f"a request failed ({request.failure}): {request.url}")

    def _response(self, response: Response) -> None:
        leads_on = response.request.is_navigation_request()
        wanted = response.status == self.expected_status and leads_on
        if response.status >= FIRST_ERROR_STATUS and not wanted:
            self._seen.append(f"{response.status} for {response.url}")
        shown = response.status == SEE_OTHER or urlsplit(response.url).path == STUDIO
        if response.request.method == "POST" and leads_on and not shown and not wanted:
            self._seen.append(f"a form was answered by {response.status}, so Back would ask to send it again")


def kept_by(page: Page) -> list[str]:
    """What the page's scripts have kept on the person's computer."""
    try:
        kept: dict[str, int] = page.evaluate(KEPT)
    except Error as error:
        return [f"what {page.url} keeps could not be read: {error.message}"]
    return [f"{page.url} keeps something in {place}" for place, size in kept.items() if size]

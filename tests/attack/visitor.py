"""A browser without script: keeps cookies, fills the forms that pages really have, presses their buttons."""

import warnings
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from tests.attack.deployment import PASSWORD

TIMEOUT_SECONDS = 40
warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)  # feeds are looked at as text
ASKS_ONCE_MORE = "form:has(input[name=confirmed]), form:has(input[name=sure])"
REDIRECTS = 6
STEPS = 3  # a page that asks once more is answered so many times


class Page:
    """One answer and its document."""

    def __init__(self, response: requests.Response) -> None:
        self.status, self.url, self.text = response.status_code, response.url, response.text
        self.headers = response.headers
        self.document = BeautifulSoup(response.text, "lxml")

    def form(self, action_ends: str) -> Tag | None:
        """Return the first form that posts to an address with this end."""
        for form in self.document.find_all("form"):
            action = urlsplit(str(form.get("action") or self.url)).path
            if str(form.get("method", "get")).lower() == "post" and action.endswith(action_ends):
                return form
        return None

    def fields(self, form: Tag) -> list[tuple[str, str]]:
        """Return what the form would send as it stands: its own controls and those that name it by `form=`."""
        named = self.document.select(f'[form="{form["id"]}"]') if form.get("id") else []
        inside = [one for one in form.find_all(["input", "textarea", "select"]) if not one.get("form")]
        return [pair for one in [*inside, *named] for pair in _value(one)]


def _value(control: Tag) -> list[tuple[str, str]]:
    name = control.get("name")
    if not name or control.name == "button":
        return []
    if control.name == "select":
        chosen = control.find("option", selected=True) or control.find("option")
        return [(str(name), str(chosen.get("value", chosen.text)) if isinstance(chosen, Tag) else "")]
    if control.name == "textarea":
        return [(str(name), control.text)]
    if control.get("type") in ("checkbox", "radio", "submit") and not control.has_attr("checked"):
        return []
    return [(str(name), str(control.get("value", "")))]


class Visitor:
    """One person's browser before one site. headers: sent with every request (as a proxy before the site would)."""

    def __init__(self, site: str, *, headers: dict[str, str] | None = None) -> None:
        self.site, self.session = site, requests.Session()
        self.session.trust_env = False
        self.session.headers.update(headers or {})

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._ask("GET", path)

    def post(self, address: str, fields: list[tuple[str, str]]) -> Page:
        """Send a form."""
        return self._ask("POST", address, fields)

    def _ask(self, method: str, address: str, fields: list[tuple[str, str]] | None = None) -> Page:
        """Ask and follow. Secure cookies are sent too: before the site stands a proxy that speaks https."""
        url = urljoin(self.site, address)
        for _ in range(REDIRECTS):
            answer = self.session.request(method, url, data=fields, timeout=TIMEOUT_SECONDS, allow_redirects=False)
            for cookie in self.session.cookies:
                cookie.secure = False
            if not answer.is_redirect:
                break
            method, fields = "GET", None
            target = urlsplit(urljoin(url, answer.headers["Location"]))
            url = urljoin(self.site, target._replace(scheme="", netloc="").geturl())
        return Page(answer)

    def sign_in(self, name: str, password: str = PASSWORD) -> Page:
        """Sign in by the page's form."""
        return self.send(self.get("/sign-in"), "/sign-in", name=name, password=password)

    def send(self, page: Page, action_ends: str, **values: str) -> Page:
        """Fill a page's form and send it; values replace what stands in it. Where the answer asks once more: yes."""
        form = page.form(action_ends)
        if form is None:
            return page
        sent = [(name, value) for name, value in page.fields(form) if name not in values]
        answer = self.post(str(form.get("action") or page.url), [*sent, *values.items()])
        return self.go_on(answer, values)

    def go_on(self, answer: Page, values: dict[str, str]) -> Page:
        """Press the button of a page that only asks whether it was meant, typing the same as before."""
        for _ in range(STEPS):
            form = answer.document.select_one(ASKS_ONCE_MORE)
            if form is None:
                return answer
            asked = [(name, value) for name, value in answer.fields(form) if name != "words"]
            button = form.select_one("button[name]")
            pressed = [(str(button["name"]), str(button.get("value", "")))] if button is not None else []
            words = [("words", values["words"])] if "words" in values else []
            answer = self.post(str(form.get("action") or answer.url), [*asked, *words, *pressed])
        return answer

    def decide(self, item: str, move: str, *, why: str = "示例理由") -> Page:
        """Open an item at the desk and make a move on it."""
        return self.send(self.get(f"/review/items/{item}"), "/decide", move=move, words=why)

"""The page of the credit domain, served once for all browser tests, and one visitor's page of it."""
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest


class Site:
    """The running server: its address and what it stores to."""

    def __init__(self, address, visits, records):
        self.address, self.visits, self.records = address, visits, records


@pytest.fixture(scope="session")
def site(browser, tmp_path_factory):
    import uvicorn
    from app.database import Database
    from app.feedback import Feedback
    from app.page import application
    from app.page.visit import Visits
    from app.page.warm import warm
    from app.records import Records
    from app.sessions import Sessions
    from explainers.workspace import open_workspace
    database = Database(tmp_path_factory.mktemp("page") / "because.db")
    visits, records = Visits(open_workspace("credit"), Sessions(database), Feedback(database)), Records(database)
    warm(visits)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application(visits, records), host="127.0.0.1", port=port, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.05)
    yield Site(f"http://127.0.0.1:{port}", visits, records)
    server.should_exit = True
    server.force_exit = True
    thread.join(10)


class Visitor:
    """One visitor with a browser of their own; `requests` are the hosts asked, `errors` what the page threw."""

    def __init__(self, browser, site, width=1280, height=900, **options):
        self.site = site
        self.context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **options)
        self.context.set_default_timeout(20_000)
        self.page, self.hosts, self.errors = self.context.new_page(), set(), []
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.open()

    def open(self):
        self.page.goto(self.site.address)
        self.page.wait_for_selector("#case-glance h2")
        return self

    @property
    def answers(self):
        return self.page.locator("#talk .answer")

    @property
    def last(self):
        return self.answers.last

    def told(self, act):
        """What `act` does gives one more answer; returns its text."""
        before = self.answers.count()
        act()
        self.page.wait_for_function("n => document.querySelectorAll('#talk .answer').length > n", arg=before)
        return self.last.inner_text()

    def ask(self, text):
        def send():
            self.page.fill("#question textarea", text)
            self.page.press("#question textarea", "Enter")
        return self.told(send)

    @property
    def stored(self):
        """The visitor's session as it is in the database."""
        cookie = next(cookie["value"] for cookie in self.context.cookies() if cookie["name"] == "because")
        return self.site.visits.of(cookie).session

    def close(self):
        self.context.close()


@pytest.fixture
def visitors(browser, site):
    """Makes visitors: `visitors()`, `visitors(width=360)`; afterwards no page has thrown and no other host was asked."""
    made = []

    def make(**options):
        made.append(Visitor(browser, site, **options))
        return made[-1]

    yield make
    hosts, errors = set().union(*(visitor.hosts for visitor in made)), sum((visitor.errors for visitor in made), [])
    for visitor in made:
        visitor.close()
    assert errors == []
    assert {host for host in hosts if host} <= {urlsplit(site.address).netloc}


@pytest.fixture
def visitor(visitors):
    return visitors()

"""The cookie, the headers and the doors that are shut, around any application."""
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.page.web import Guard, visitor_of


@pytest.fixture
def client():
    routes = [Route(path, lambda request: PlainTextResponse("inside")) for path in ("/", "/gradio_api/info", "/gradio_api/run/predict")]
    return TestClient(Guard(Starlette(routes=routes)))


def test_a_new_visitor_gets_a_secret_cookie_once(client):
    first = client.get("/")
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and len(visitor_of(cookie)) >= 22
    assert "set-cookie" not in client.get("/").headers


def test_two_visitors_never_share_a_cookie():
    routes = [Route("/", lambda request: PlainTextResponse("inside"))]
    made = {visitor_of(TestClient(Guard(Starlette(routes=routes))).get("/").headers["set-cookie"]) for _ in range(20)}
    assert len(made) == 20


def test_over_https_the_cookie_is_for_https_alone():
    routes = [Route("/", lambda request: PlainTextResponse("inside"))]
    client = TestClient(Guard(Starlette(routes=routes)), base_url="https://testserver")
    assert "Secure" in client.get("/").headers["set-cookie"]


def test_other_addresses_give_no_cookie_and_every_answer_has_the_headers(client):
    answer = client.get("/gradio_api/run/predict")
    assert "set-cookie" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff" and "default-src 'self'" in answer.headers["content-security-policy"]


def test_a_door_that_the_page_does_not_use_is_shut(client):
    assert client.get("/gradio_api/info").status_code == 404
    assert "content-security-policy" in client.get("/gradio_api/info").headers

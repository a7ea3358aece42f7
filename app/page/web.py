"""Around every request: the visitor's cookie, security headers, and the doors of Gradio that this page does not use."""
import secrets
from http.cookies import SimpleCookie

COOKIE = "because"
COOKIE_AGE = 30 * 24 * 3600
HEADERS = {
    "content-security-policy": "; ".join([
        "default-src 'self'", "script-src 'self' 'unsafe-inline' 'unsafe-eval'", "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self'", "object-src 'none'", "base-uri 'self'",
        "form-action 'self'", "frame-ancestors 'none'"]),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
CLOSED = tuple(f"/gradio_api/{name}" for name in (
    "info", "openapi.json", "upload", "proxy", "file", "stream", "api/", "call", "deep_link", "mcp", "runs",
    "run-history", "component_server", "custom_component", "vibe", "dev")) + ("/login", "/monitoring", "/pwa_icon")


class Guard:
    """An ASGI application around another one. Not a middleware that buffers: answers come as a stream."""

    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.inner(scope, receive, send)
        fresh = _fresh_cookie(scope)

        async def guarded(message):
            if message["type"] == "http.response.start":
                known = {name for name, _ in message["headers"]}
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in known]
                message = {**message, "headers": [*message["headers"], *added, *fresh]}
            await send(message)

        if scope["path"].startswith(CLOSED):
            return await _not_found(guarded)
        return await self.inner(scope, receive, guarded)


def _fresh_cookie(scope):
    """A new visitor gets a cookie when the page itself is asked for; only the server can read it."""
    if scope["path"] != "/" or visitor_of(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")):
        return []
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    value = f"{COOKIE}={secrets.token_urlsafe(16)}; Max-Age={COOKIE_AGE}; Path=/; HttpOnly; SameSite=Strict{secure}"
    return [(b"set-cookie", value.encode())]


def visitor_of(header):
    """The visitor's id from a Cookie header, or None."""
    cookie = SimpleCookie(header).get(COOKIE)
    return cookie.value[:64] if cookie and cookie.value else None


async def _not_found(send):
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": b"{}"})

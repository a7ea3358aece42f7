"""The chat page: one domain's Gradio page inside a small web application with its cookie and security headers."""
import os
import secrets

COOKIE_AGE = 30 * 24 * 3600
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
                               "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def application(workspace, store, sessions, language_code="en"):
    """The web application (ASGI); Gradio is imported here and nowhere before."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI

    from app.page.handlers import COOKIE
    from app.page.layout import build
    from app.page.texts import page_texts
    from app.page.theme import css, head, theme

    web = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @web.middleware("http")
    async def visitor(request, call_next):
        """A new visitor gets a cookie that only the server can read; it names their conversation."""
        fresh = None if request.cookies.get(COOKIE) else secrets.token_urlsafe(16)
        response = await call_next(request)
        response.headers.update(HEADERS)
        if fresh and request.method == "GET" and request.url.path == "/":
            response.set_cookie(COOKIE, fresh, max_age=COOKIE_AGE, httponly=True, samesite="strict")
        return response

    page = build(workspace, store, sessions, page_texts(workspace.domain, language_code))
    page.queue(default_concurrency_limit=8)
    return gr.mount_gradio_app(web, page, path="/", footer_links=[], run_history=False, enable_monitoring=False, show_error=False,
                               theme=theme(), css=css(), head=head(), ssr_mode=False, mcp_server=False)

"""The chat page: one domain's Gradio page inside a small web application with its own routes, cookie and headers."""
import os


def application(visits, store):
    """The web application (ASGI) for visitors of `visits`, recording to `store`; Gradio is imported here and nowhere before."""
    os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_OFFLINE="1", DO_NOT_TRACK="1")
    import gradio as gr
    from fastapi import FastAPI

    from app.page.layout import build
    from app.page.routes import add_routes
    from app.page.theme import css, head, theme
    from app.page.web import Guard

    web = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_routes(web, visits)
    page = build(visits, store)
    page.queue(default_concurrency_limit=8)
    gr.mount_gradio_app(web, page, path="/", footer_links=[], run_history=False, enable_monitoring=False, show_error=False,
                        theme=theme(), css=css(), head=head(), ssr_mode=False, mcp_server=False, pwa=False)
    return Guard(web)

"""The page's own addresses: the conversation as a document, and what was thought of an answer. Own conversation only."""
from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from app.page.document import as_html, as_markdown, attached_html, printing
from app.page.web import visitor_of
from app.feedback import LONGEST


class Opinion(BaseModel):
    """Feedback as the page sends it."""
    model_config = ConfigDict(extra="forbid")
    record: str = Field(max_length=40)
    value: str = Field(pattern="^(yes|no|missed)$")
    missing: str = Field(default="", max_length=LONGEST)


def add_routes(web, visits):
    def own(request):
        return visits.known(visitor_of(request.headers.get("cookie", "")))

    @web.get("/conversation.html")
    def html(request: Request, paper: bool = False):
        return _document(own(request), as_html, "text/html", "html", paper)

    @web.get("/conversation.md")
    def markdown(request: Request):
        return _document(own(request), as_markdown, "text/markdown", "md")

    @web.get("/attachment/{record}/{place}.{ending}")
    def attachment(request: Request, record: str, place: int, ending: str, paper: bool = False):
        return _attachment(own(request), record, place, ending, paper)

    @web.get("/alive")
    def alive():
        """Whether the server is there: asked while an answer is waited for."""
        return Response(status_code=204, headers={"Cache-Control": "no-store"})

    @web.post("/feedback")
    async def feedback(request: Request, opinion: Opinion):
        return await run_in_threadpool(_keep, own(request), opinion)


def _document(visit, made, kind, ending, paper=False):
    """The visitor's conversation as a file to keep, or to print; 404 where they have none."""
    if visit is None:
        return Response(status_code=404)
    return _file(f"because-{visit.domain.name}-{visit.case or 'all'}.{ending}", made(visit), kind, paper)


def _attachment(visit, record, place, ending, paper=False):
    """A file that came with an answer of the visitor's conversation, as text or as a page; 404 where there is none."""
    said = next((said for said in visit.session.transcript if said["record"] == record), None) if visit else None
    attached = (said["answer"].get("attachments") or ()) if said else ()
    if not 0 <= place < len(attached) or ending not in ("html", "md"):
        return Response(status_code=404)
    found = attached[place]
    if ending == "html":
        return _file(f"{found['name']}.html", attached_html(found, said["answer"]["language"]), "text/html", paper)
    return _file(f"{found['name']}.md", found["text"], "text/markdown")


def _file(name, text, kind, paper=False):
    """A file to keep; with `paper` a page that opens the print window."""
    if paper:
        return Response(printing(text), media_type=f"{kind}; charset=utf-8", headers={"Cache-Control": "no-store"})
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-._") else "_" for letter in name)
    return Response(text, media_type=f"{kind}; charset=utf-8",
                    headers={"Content-Disposition": f'attachment; filename="{safe}"', "Cache-Control": "no-store"})


def _keep(visit, opinion):
    if visit is None or opinion.record not in {said["record"] for said in visit.session.transcript}:
        return Response(status_code=404)
    visit.visits.feedback.keep(opinion.record, visit.session.id, opinion.value, opinion.missing)
    return Response(status_code=204)

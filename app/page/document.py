"""A conversation as a document that can be read, kept and printed without the program."""
import re
from datetime import datetime, timezone
from html import escape

from babel.dates import format_date

from app.page.case import rows_html
from app.page.theme import HERE


def as_html(visit):
    """One HTML file with everything in it: text, pictures, tables, how each answer was worked out."""
    texts = visit.texts
    title, date = _title(visit), _date(visit)
    turns = "".join(_turn_html(said, texts) for said in visit.session.transcript)
    values = f"<h2>{escape(texts['case_at_a_glance'])}</h2><dl>{rows_html(visit, visit.told)}</dl>" if visit.told else ""
    return page_html(title, visit.session.language, (
        f"<h1>{escape(title)}</h1><p class=\"soft\">{escape(date)} {escape(texts['about'])}</p>{_note_html(visit)}"
        f"{values}<h2>{escape(texts['conversation'])}</h2>{turns}"))


def as_markdown(visit):
    """The same as Markdown: pictures by their text alternative and their numbers."""
    texts = visit.texts
    parts = [f"# {_title(visit)}", f"{_date(visit)} {texts['about']}", visit.domain.file.note or ""]
    if visit.told:
        lines = [f"- {visit.words.capitalised(visit.words.label_text(name))}: {visit.words.value_text(value, name)}"
                 for name, value in visit.told.items()]
        parts += [f"## {texts['case_at_a_glance']}", "\n".join(lines)]
    parts.append(f"## {texts['conversation']}")
    for said in visit.session.transcript:
        answer = said["answer"]
        parts += [f"### {texts['you']}: {_line(said['question'])}", answer["text"]]
        for figure in answer["figures"]:
            parts += [f"**{figure['title']}**", figure["alt"], _table_markdown(figure["table"])]
        parts += [attached["text"] for attached in answer.get("attachments") or ()]
        parts += [answer.get("worked_out") or "", f"{texts['record']} `{said['record']}`"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _turn_html(said, texts):
    answer = said["answer"]
    figures = "".join(f"<figure><figcaption>{escape(figure['title'])}</figcaption>{figure['svg']}</figure>"
                      f"{table_html(figure['table'])}" for figure in answer["figures"])
    worked_out = markdown_html(answer.get("worked_out") or "")
    record = f"<p>{escape(texts['record'])} <code>{escape(said['record'] or '-')}</code></p>"
    figures += "".join(f'<section class="attached">{markdown_html(attached["text"], 3)}</section>'
                       for attached in answer.get("attachments") or ())
    return (f"<article><h3>{escape(texts['you'])}: {escape(said['question'])}</h3>{markdown_html(answer['text'])}{figures}"
            f'<div class="soft">{worked_out}{record}</div></article>')


def attached_html(attached, language):
    """A file that came with an answer as one HTML page."""
    return page_html(attached["title"], language, markdown_html(attached["text"]))


def page_html(title, language, body):
    """A page that needs nothing beside it."""
    return (f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
            f"<style>{(HERE / 'document.css').read_text(encoding='utf-8')}</style></head><body><main>{body}</main></body></html>")


def printing(page):
    """The same page, opening the browser's print window by itself: from there it is kept as a PDF."""
    return page.replace("</body>", '<script>addEventListener("load", () => print());</script></body>')


def markdown_html(text, below=0):
    """Markdown -> HTML; HTML in it is shown as text. below: how many levels its headings stand lower where it is shown."""
    from markdown_it import MarkdownIt
    reader = MarkdownIt("js-default", {"html": False, "linkify": False})
    tokens = reader.parse(text)
    for token in tokens:
        if token.type.startswith("heading"):
            token.tag = f"h{min(6, int(token.tag[1:]) + below)}"
    return reader.renderer.render(tokens, reader.options, {})


def table_html(table):
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table["columns"])
    rows = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in table["rows"])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _table_markdown(table):
    cell = lambda value: str(value).replace("|", "\\|").replace("\n", " ")
    line = lambda cells: "| " + " | ".join(map(cell, cells)) + " |"
    return "\n".join([line(table["columns"]), line(["---"] * len(table["columns"])), *map(line, table["rows"])])


def _title(visit):
    return visit.texts["saved_title"].format(domain=visit.domain.title, case=visit.domain.file.case[0], id=visit.case or "")


def _date(visit):
    return visit.texts["saved_on"].format(date=format_date(datetime.now(timezone.utc).date(), "long", visit.words.locale))


def _note_html(visit):
    return f"<p class=\"soft\">{escape(visit.domain.file.note)}</p>" if visit.domain.file.note else ""


def _line(text):
    return re.sub(r"\s+", " ", text).strip()

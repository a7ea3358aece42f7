"""Turns -> what the chat shows: the answer's text, its drawing with the numbers as a table, and how it was worked out."""
from html import escape


def message_pair(text, answer, words, record=None):
    """A question and its answer as two messages for the Chatbot."""
    return [{"role": "user", "content": text}, {"role": "assistant", "content": answer_content(answer, words, record)}]


def answer_content(answer, words, record=None):
    """answer: an Answer as JSON (it comes from the pipeline or, after a reload, from the session)."""
    content = [{"type": "text", "text": answer["text"]}]
    html = "".join(figure_html(figure, words) for figure in answer["figures"]) + worked_out_html(answer, words, record)
    return content + ([_html(html)] if html else [])


def _html(value):
    return {"type": "component", "component": "html", "value": value, "constructor_args": {}, "props": {"value": value, "padding": False}}


def figure_html(figure, words):
    table = figure["table"]
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table["columns"])
    rows = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in table["rows"])
    return (f'<figure class="figure"><figcaption>{escape(figure["title"])}</figcaption>{figure["svg"]}</figure>'
            f'<details><summary>{escape(words["table"])}</summary><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></details>")


def worked_out_html(answer, words, record):
    if not answer.get("worked_out") and not record:
        return ""
    lines = [f"<p>{escape(line)}</p>" for line in (answer.get("worked_out") or "").split("\n") if line.strip()]
    if record:
        lines.append(f'<p>{escape(words["record"])} <code>{escape(record)}</code>. {escape(words["replay"])} '
                     f"<code>python -m app show {escape(record)} --replay</code></p>")
    return f'<details><summary>{escape(words["worked_out"])}</summary>{"".join(lines)}</details>'

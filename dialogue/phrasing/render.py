"""One template, rendered: what it may see, and the tidying of its text."""
import re

from dialogue.phrasing.trace import Unsaid, traced
from jinja2 import UndefinedError

LISTED = re.compile(r"- |\d+\. |\||> |#")


def domain_words(domain):
    """What a template may name of the domain; texts are printed with the filter `told`."""
    decision, file = domain.file.decision, domain.file
    review = decision.review if decision else None
    counted = domain.outcomes.get(domain.counted) if domain.counted else None
    return traced({
        "title": domain.title, "description": file.description, "note": file.note, "source": file.source,
        "case": file.case[0], "cases": file.case[1], "regression": domain.regression, "unit": file.unit,
        "made_by": decision.made_by if decision else None, "consequence": decision.consequence if decision else None,
        "review_contact": review.contact if review else None, "review_days": review.within_days if review else None,
        "score_label": domain.score_label, "counted": domain.counted, "counted_label": counted,
        "favourable": domain.favourable, "outcomes": list(domain.outcomes), "binary": len(domain.outcomes) == 2,
        "threshold": domain.threshold, "feature_count": len(domain.players), "case_count": int(len(domain.cases)),
        "train_count": int(len(domain.train)),
    }, "domain")


def render(template, words, context):
    """The template's text. Raises Unsaid where it names what the evidence lacks or prints what has no formatter."""
    try:
        return tidy(template.render(_words=words, level=words.level, turn=words.turn, **context))
    except UndefinedError as error:
        raise Unsaid(f"{template.name}: {error.message}") from error


def tidy(text):
    """Sentences of a paragraph on one line, one space between words, one empty line between paragraphs and lists."""
    blocks, fresh = [], True
    for line in text.split("\n"):
        line = re.sub(r" +([.,;:?!])(?=\s|$)", r"\1", re.sub(r"[ \t]+", " ", line).strip())
        listed = bool(LISTED.match(line))
        if line.startswith("# ") or line.startswith("## ") or blocks and blocks[-1].startswith("#"):
            blocks += [line] if line else []
        elif line and not fresh and listed == bool(LISTED.match(blocks[-1])):
            blocks[-1] += ("\n" if listed else " ") + line
        elif line and listed and blocks and LISTED.match(blocks[-1]):
            blocks[-1] += "\n" + line
        elif line:
            blocks.append(line)
        fresh = not line
    return "\n\n".join(blocks)

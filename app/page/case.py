"""The case at a glance: its result, its score and its values in words, as HTML."""
from html import escape

SHOWN = 6


def case_html(visit, state):
    """Everything about the case at hand; on a phone the summary line alone. state: result of a `prediction` evidence."""
    texts, values = visit.texts, visit.told
    first, rest = dict(list(values.items())[:SHOWN]), dict(list(values.items())[SHOWN:])
    more = (f'<details><summary>{escape(texts["show_all"].format(count=len(values)))}</summary>'
            f"<dl>{rows_html(visit, rest)}</dl></details>") if rest else ""
    score = score_text(visit, state)
    brief = f'<span class="brief">{escape(score)}</span>' if score else ""
    return (f'<section class="case" aria-label="{escape(texts["case_at_a_glance"])}"><details class="fold" open>'
            f'<summary><h2>{escape(result_text(visit, state))}</h2>{brief}</summary>'
            f"{meter_html(visit, state)}<dl>{rows_html(visit, first)}</dl>{more}</details></section>")


def rows_html(visit, values):
    """Values as terms and descriptions."""
    words = visit.words
    return "".join(f"<dt>{escape(words.capitalised(words.label_text(name)))}</dt><dd>{escape(words.value_text(value, name))}</dd>"
                   for name, value in values.items())


def result_text(visit, state):
    """`Result: bad credit risk`, or the estimate of a regression."""
    if "outcome" not in state:
        return f'{visit.texts["result_value"]} {visit.words.amount_text(state["value"])}'
    return f'{visit.texts["result"]} {visit.domain.outcomes[state["outcome"]]}'


def score_text(visit, state):
    """`Score for not repaying: 68 of 100`; of several outcomes the score of the result; empty for a regression."""
    if "outcome" not in state:
        return ""
    told = visit.domain.counted or state["outcome"]
    threshold = visit.words.threshold_told() if told == visit.words.told else None
    return visit.texts["score"].format(name=visit.words.capitalised(visit.words.score_name(told)),
                                       score=visit.words.score_text(state["probabilities"][told], threshold))


def meter_html(visit, state):
    """The score on a scale with the threshold marked, and the same in words."""
    domain, words, score = visit.domain, visit.words, score_text(visit, state)
    if not score:
        return ""
    limit = words.threshold_told()
    if limit is None:
        return f'<p class="meter-text">{escape(score)}</p>'
    told = domain.counted
    rule = visit.texts["meter_from" if told == domain.favourable else "meter_above"]
    text = f'{score}. {rule.format(limit=words.figure(100 * limit, 1), outcome=domain.outcomes[told])}'
    return f'{bar_html(visit, state)}<p class="meter-text">{escape(text)}</p>'


def bar_html(visit, state):
    """The scale alone; empty where there is no threshold."""
    limit = visit.words.threshold_told()
    if limit is None or not state.get("probabilities"):
        return ""
    share = 100 * state["probabilities"][visit.domain.counted]
    return f'<div class="meter" aria-hidden="true"><i style="width:{share:.1f}%"></i><b style="left:{100 * limit:.1f}%"></b></div>'

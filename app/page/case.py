"""The case at a glance: its result, its score and its values in words, as HTML."""
from html import escape

SHOWN = 6


def case_html(domain, state, values, texts, words, before=None):
    """state: the result of a `prediction` evidence; values: JSON values by feature; before: the values as they were."""
    rows = "".join(_row(domain.features[name], value, before, words) for name, value in list(values.items())[:SHOWN])
    rest = "".join(_row(domain.features[name], value, before, words) for name, value in list(values.items())[SHOWN:])
    more = f'<details><summary>{escape(texts["show_all"].format(count=len(values)))}</summary><dl>{rest}</dl></details>' if rest else ""
    return (f'<section class="case" aria-label="{escape(texts["case_at_a_glance"])}">{result_html(domain, state, texts)}'
            f'<details class="fold" open><summary>{escape(texts["values"])}</summary><dl>{rows}</dl>{more}</details></section>')


def result_html(domain, state, texts):
    """Outcome in words and, for two outcomes, the score of the counted one on a scale with the threshold marked."""
    if "outcome" not in state:
        return f'<p class="result">{escape(texts["result_value"])} {state["value"]:.1f} {escape(state["unit"] or "")}</p>'
    title = f'<p class="result">{escape(texts["result"])} {escape(domain.outcomes[state["outcome"]])}</p>'
    if domain.counted is None or len(domain.outcomes) != 2:
        return title
    score = state["probabilities"][domain.counted]
    limit = 1 - domain.threshold if domain.counted != domain.favourable else domain.threshold
    name = domain.score_label or domain.outcomes[domain.counted]
    text = texts["meter_above" if domain.counted != domain.favourable else "meter_from"].format(name=name, score=round(100 * score), limit=round(100 * limit), outcome=domain.outcomes[domain.counted])
    return (f'{title}<div class="meter" role="img" aria-label="{escape(text)}"><i style="width:{100 * score:.1f}%"></i>'
            f'<b style="left:{100 * limit:.1f}%"></b></div><p class="meter-text">{escape(text)}</p>')


def _row(feature, value, before, words):
    text = escape(words.value_text(value, feature.name))
    changed = before is not None and before[feature.name] != value
    return f'<dt>{escape(feature.label.capitalize())}</dt><dd{" class=changed" if changed else ""}>{text}</dd>'

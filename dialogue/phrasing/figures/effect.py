"""How the output goes with a feature: a line over the values of a number, a bar for each value of a category."""
from dialogue.phrasing.figures.svg import BLUE, SIZE, WIDTH, block, circle, drawing, line, number, rect, text, width_of
from dialogue.types import Figure

HEIGHT = 150
TICKS = 4


def effect_figure(entry, evidence, words):
    """None where there is nothing to compare."""
    points = list(entry.points)
    if not points:
        return None
    feature = words.domain.features.get(str(entry.feature))
    shown = [words.value_text(p.value, entry.feature) for p in points]
    told = words.amount_text if words.domain.regression else words.score_text
    outputs = [told(float(point.mean)) for point in points]
    title = words.effect_text(entry)
    alt = words.phrase("figures.effect.alt").format(points="; ".join(f"{a}: {b}" for a, b in zip(shown, outputs)))
    table = {"columns": [words.grammar.capitalised(words.label_text(entry.feature)),
                         words.grammar.capitalised(_thing(words))],
             "rows": [list(pair) for pair in zip(shown, outputs)]}
    is_number = feature is not None and feature.type == "number" and len(points) > 1
    draw = _line if is_number else _bars
    return Figure("effect", title, alt, table, draw(points, shown, outputs, title, alt, words))


def _thing(words):
    return words.phrase("figures.thing")["estimate"] if words.domain.regression else words.score_name_text(words.told)


def _line(points, shown, outputs, title, alt, words):
    elements, top = [], 12
    means = [float(p.mean) for p in points]
    low, high = min(means), max(means)
    left = max(width_of(outputs[means.index(low)], SIZE - 1), width_of(outputs[means.index(high)], SIZE - 1)) + 8
    first, last = float(points[0].value), float(points[-1].value)
    x = lambda value: left + (WIDTH - left - 8) * (float(value) - first) / ((last - first) or 1)
    y = lambda mean: top + HEIGHT * (1 - (mean - low) / ((high - low) or 1)) if high > low else top + HEIGHT / 2
    for mean in dict.fromkeys((low, high)):
        elements += [line(left, y(mean), WIDTH, y(mean), dash=True),
                     text(left - 6, y(mean) + 4, outputs[means.index(mean)], SIZE - 1, anchor="end", soft=True)]
    path = " ".join(f"{number(x(p.value))},{number(y(float(p.mean)))}" for p in points)
    elements.append(
        f'<polyline points="{path}" style="fill:none;stroke:{BLUE}" stroke-width="2.5" stroke-linejoin="round"/>')
    elements += [circle(x(p.value), y(float(p.mean)), 2.5, BLUE) for p in points]
    base = top + HEIGHT + 24
    elements += [text(left, base, shown[0], SIZE - 1, soft=True),
                      text(WIDTH, base, shown[-1], SIZE - 1, anchor="end", soft=True)]
    return drawing(elements, base + 8, title, alt)


def _bars(points, shown, outputs, title, alt, words):
    elements, y = [], 0
    ends = [float(p.mean) for p in points] + [0.0]
    low, high = min(ends), max(ends)
    room = max(width_of(each, bold=True) for each in outputs) + 12
    scale = (WIDTH - room) / ((high - low) or 1)
    zero = -low * scale
    for point, name, output in zip(points, shown, outputs):
        found, y = block(0, y + 8, words.grammar.capitalised(name), WIDTH)
        start, end = sorted((zero, zero + float(point.mean) * scale))
        elements += found + [rect(start, y, max(end - start, 1.5), 14, BLUE),
                                  text(WIDTH, y + 12, output, anchor="end", bold=True)]
        y += 16
    return drawing(elements, y + 10, title, alt)

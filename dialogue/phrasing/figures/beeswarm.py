"""Contributions of many cases: a strip of dots for each feature, paler where the case's value is low."""
from dialogue.phrasing.figures.svg import WIDTH, block, drawing, line, number, text
from dialogue.types import Figure

STRIPS, HEIGHT, RADIUS = 10, 30, 3


def beeswarm_figure(evidence, words):
    """None where the contributions of single cases are not in the evidence."""
    points = list(evidence.result.get("points") or [])
    shown = list(evidence.result.features)[:STRIPS]
    if not points or not shown:
        return None
    phrase = words.phrase("figures.beeswarm")
    strips = [(words.grammar.capitalised(words.label_text(f.feature)), str(f.feature),
               sorted(float(point.contributions[f.feature]) for point in points)) for f in shown]
    words.output = "probability" if not words.domain.regression else words.output
    size = lambda value: words.moved_text(value, True)
    rows = [[label, size(values[0]), size(values[len(values) // 2]), size(values[-1])] for label, _, values in strips]
    title = phrase["title"].format(label=words.label_text(shown[0].feature))
    title = words.grammar.capitalised(title)
    alt = phrase["alt"].format(count=words.figure(len(points)), cases=words.domain.file.case[1],
                               bars="; ".join(f"{row[0]}: {row[1]} … {row[3]}" for row in rows))
    table = {"columns": [words.phrase("figures.factor"), phrase["least"], phrase["middle"], phrase["most"]], "rows": rows}
    return Figure("beeswarm", title, alt, table, _drawn(points, strips, title, alt, words, size))


def _drawn(points, strips, title, alt, words, size):
    every = [value for *_, values in strips for value in values]
    low, high = min(every + [0.0]), max(every + [0.0])
    place = lambda value: 8 + (WIDTH - 16) * (value - low) / ((high - low) or 1)
    elements, y = [], 4
    for label, name, _ in strips:
        found, y = block(0, y, label, WIDTH, lines=1)
        elements += found + [line(place(0.0), y, place(0.0), y + HEIGHT)] + _dots(points, name, y + HEIGHT / 2, place, words)
        y += HEIGHT + 2
    elements += [text(0, y + 16, size(low), 13, soft=True), text(WIDTH, y + 16, size(high), 13, anchor="end", soft=True)]
    key = words.phrase("figures.beeswarm")["key"]
    found, y = block(0, y + 22, key, WIDTH, 13, lines=4, soft=True)
    return drawing(elements + found, y + 6, title, alt)


def _dots(points, name, middle, place, words):
    """Dots that would cover each other are moved up and down in turn."""
    taken, dots = {}, []
    for point in points:
        x = place(float(point.contributions[name]))
        column = round(x / (2 * RADIUS))
        count = taken[column] = taken.get(column, -1) + 1
        move = (count + 1) // 2 * (1 if count % 2 else -1) * 2 * RADIUS
        y = middle + max(-HEIGHT / 2 + RADIUS, min(HEIGHT / 2 - RADIUS, move))
        dots.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{RADIUS}" class="dot" '
                    f'fill-opacity="{_share(point, name, words):.2f}"/>')
    return dots


def _share(point, name, words):
    """How dark: from 0.25 for the lowest of the data's values to 1 for the highest; 0.6 where there is no order."""
    feature = words.domain.features.get(name)
    if feature is None or feature.type != "number" or str(point.case) not in words.domain.cases.index:
        return 0.6
    column = words.domain.cases[name]
    return 0.25 + 0.75 * float((column < column.loc[str(point.case)]).mean())

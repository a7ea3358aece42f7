"""From the base value to the output, one contribution after the other: for those who want to see that they add up."""
from dialogue.phrasing.figures.svg import BLUE, ORANGE, WIDTH, block, drawing, line, rect, text, width_of
from dialogue.types import Figure

STEPS = 12


def waterfall_figure(evidence, words):
    """None where there is no contribution."""
    result = evidence.result
    items = sorted(result.contributions, key=lambda c: -abs(c.contribution))
    if not items or "size" in result:
        return None
    phrase = words.phrase("figures.waterfall")
    shown, rest = items[:STEPS], items[STEPS:]
    steps = [(words.grammar.capitalised(words.clause(c.feature, c.value)), float(c.contribution)) for c in shown]
    if rest:
        forms = words.phrase("figures.rest")
        steps.append((forms[words.plural(len(rest), forms)].format(count=words.figure(len(rest))),
                      sum(float(c.contribution) for c in rest)))
    start, end = _told(result.baseline, words), _told(result.value, words)
    title = phrase["title"].format(baseline=start, value=end)
    cells = [[phrase["start"], start]] + \
        [[label, words.moved_text(size, True)] for label, size in steps] + [[phrase["end"], end]]
    alt = phrase["alt"].format(bars="; ".join(f"{label}: {size}" for label, size in cells))
    table = {"columns": [words.phrase("figures.factor"), words.phrase("figures.value")], "rows": cells}
    return Figure("waterfall", title, alt, table, _drawn(float(result.baseline),
                  float(result.value), steps, cells, title, alt, words))


def _told(value, words):
    if words.output == "probability":
        return words.score_text(float(value))
    return words.moved_text(value, words.output == "log_odds")


def _drawn(start, end, steps, cells, title, alt, words):
    elements, y = [], 0
    levels = [start]
    for _, size in steps:
        levels.append(levels[-1] + size)
    low, high = min(levels + [end]), max(levels + [end])
    room = max(width_of(size) for _, size in cells) + 10
    place = lambda value: (WIDTH - room) * (value - low) / ((high - low) or 1)
    elements += _mark(place(start), y + 9, cells[0], WIDTH)
    y += 42
    for (label, size), cell, before in zip(steps, cells[1:], levels):
        found, y = block(0, y + 4, label, WIDTH)
        left, right = sorted((place(before), place(before + size)))
        elements += found + [rect(left, y, max(right - left, 1.5), 12, BLUE if words.speaks_for(size) else ORANGE),
                             line(place(before), y - 3, place(before), y + 15), text(WIDTH, y + 11, cell[1],
                                                                                     anchor="end")]
        y += 16
    elements += _mark(place(end), y + 9, cells[-1], WIDTH)
    return drawing(elements, y + 46, title, alt)


def _mark(x, y, cell, width):
    """The first or last level as a line with its name and value."""
    return [text(0, y + 14, cell[0], bold=True), text(width, y + 14, cell[1], anchor="end", bold=True),
            line(x, y + 20, x, y + 32, kind="strong", thickness=2)]

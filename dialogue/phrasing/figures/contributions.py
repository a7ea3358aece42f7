"""What counted: a signed bar for each reason, the person's own values as labels, blue for and orange against."""
from dialogue.phrasing.figures.svg import BLUE, ORANGE, SIZE, WIDTH, block, drawing, line, rect, text, width_of
from dialogue.phrasing.selection import few, sides
from dialogue.types import Figure

BARS = {"plain": 5, "practitioner": 10, "expert": 20}
THICK = 14


def contribution_figure(evidence, domain, words):
    """Bars in the order of their size, the rest of the factors added up in a last one."""
    items = sorted(evidence.result.contributions, key=lambda c: -abs(c.contribution))
    first, other, _ = sides(items, evidence, domain)
    told = sum(few(first, other), [])                                  # what the text names has a bar in any case
    shown = [c for c in items if c in told] + [c for c in items if c in first + other and c not in told]
    shown = [c for c in items if c in shown[:BARS[words.level]]]
    rest = [c for c in items if c not in shown]
    group = "size" in evidence.result
    name = (lambda c: words.grammar.capitalised(words.label_text(c.feature))) if group else \
        (lambda c: words.grammar.capitalised(words.clause(c.feature, c.value)))
    row = lambda label, size: (label, size, words.moved_text(size, True), words.speaks_for(size))
    rows = [row(name(c), float(c.contribution)) for c in shown]
    if rest:
        rows.append(row(_rest(len(rest), words), sum(float(c.contribution) for c in rest)))
    title, alt = _title(shown, words), _alt(rows, domain, words)
    cells = [[words.grammar.capitalised(words.label_text(c.feature)), "" if group else words.value_text(c.value, c.feature), row[2]]
             for c, row in zip(shown, rows)] + [[row[0], "", row[2]] for row in rows[len(shown):]]
    columns = [words.phrase("figures.factor"), words.phrase("figures.value"), _unit(domain, words)]
    table = {"columns": columns, "rows": cells}
    return Figure("contributions", title, alt, table, _bars(rows, title, alt, words))


def _rest(count, words):
    forms = words.phrase("figures.rest")
    return forms[words.plural(count, forms)].format(count=words.figure(count))


def _title(shown, words):
    if not shown:
        return words.phrase("figures.why.none")
    return words.grammar.capitalised(words.phrase("figures.why.title").format(
        label=words.label_text(shown[0].feature), way=words.way(shown[0].contribution > 0)))


def _alt(rows, domain, words):
    bar = words.phrase("figures.why.bar")
    thing = words.phrase("figures.thing")["estimate" if domain.regression else "score"]
    return words.phrase("figures.why.alt").format(thing=thing,
                                                  bars="; ".join(bar.format(label=row[0], size=row[2]) for row in rows))


def _unit(domain, words):
    if words.output == "probability":
        return words.phrase("figures.why.points")
    if words.output == "log_odds":
        return words.phrase("figures.why.log_odds")
    return words.phrase("figures.why.amount").format(unit=domain.file.unit or words.phrase("figures.value").lower())


def _bars(rows, title, alt, words):
    elements, y = [], 0
    low, high = min([row[1] for row in rows] + [0]), max([row[1] for row in rows] + [0])
    room = max([width_of(row[2]) for row in rows] + [40]) + 8
    left, right = (room if low < 0 else 0), (room if high > 0 else 0)
    scale = (WIDTH - left - right) / ((high - low) or 1)
    zero = left - low * scale
    heads, y = _ends(low, high, zero, y + 2, words)
    elements += heads
    for label, value, size, good in rows:
        found, y = block(0, y + 9, label, WIDTH)
        elements += found
        start, length = zero + min(value, 0) * scale, abs(value) * scale
        elements.append(rect(start, y, max(length, 1.5), THICK, BLUE if good else ORANGE))
        beside = start - 5 if value < 0 else start + length + 5
        elements.append(text(beside, y + 12, size, anchor="end" if value < 0 else "start"))
        elements.append(line(zero, y - 2, zero, y + THICK + 2))
        y += THICK + 2
    return drawing(elements, y + 10, title, alt)


def _ends(low, high, zero, y, words):
    """What bars to the left and to the right mean, in words at the two ends; where all go one way, where they begin."""
    elements, down, up = [], f"← {words.way(False)}", f"{words.way(True)} →"
    if low < 0:
        right = high <= 0 and width_of(down, SIZE - 1) < zero
        elements.append(text(zero if right else 0, y + 12, down, SIZE - 1, anchor="end" if right else "start", soft=True))
        if high > 0 and width_of(down, SIZE - 1) + width_of(up, SIZE - 1) + 12 > WIDTH:
            y += 17
    if high > 0:
        elements.append(text(0 if low >= 0 else WIDTH, y + 12, up, SIZE - 1, anchor="start" if low >= 0 else "end", soft=True))
    return elements, y + 18

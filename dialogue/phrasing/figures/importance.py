"""What matters overall: a bar for each feature, and a line for the range that its importance may lie in."""
from dialogue.phrasing.figures.svg import BLUE, WIDTH, block, drawing, line, rect, text, width_of
from dialogue.types import Figure

BARS = {"plain": 6, "practitioner": 10, "expert": 30}
DIGITS = {"plain": 3, "practitioner": 3, "expert": 4}


def importance_figure(evidence, words):
    """None where there is no feature."""
    ranked = sorted(evidence.result.features, key=lambda f: -f.importance)
    shown = ranked[:BARS[words.level]]
    if not shown:
        return None
    phrase = words.phrase("figures.importance")
    title = words.grammar.capitalised(phrase["title"].format(label=words.label_text(shown[0].feature)))
    rows = [[words.grammar.capitalised(words.label_text(f.feature)), _told(f.importance, words), _range(f, words)]
            for f in shown]
    alt = phrase["alt"].format(bars="; ".join(f"{row[0]}: {row[1]}" for row in rows))
    table = {"columns": [words.phrase("figures.factor"), phrase["size"], phrase["interval"]], "rows": rows}
    return Figure("importance", title, alt, table, _drawn(shown, rows, title, alt, _key(evidence.result, words)))


def _range(entry, words):
    if entry.get("low") is None:
        return ""
    return words.phrase("figures.importance.range").format(low=_told(entry.low, words), high=_told(entry.high, words))


def _told(value, words):
    return words.figure(value, DIGITS[words.level], fixed=True)


def _key(result, words):
    """What the bars and the lines on them are measured in."""
    known = words.phrase("measures")
    measure = known.get(str(result.measure), known["other"])["text"].format(measure=result.measure)
    kind = "moved" if result.quality is None else "lost"
    return words.phrase("figures.importance")[kind]["plain" if words.level == "plain" else "full"].format(measure=measure)


def _drawn(shown, rows, title, alt, key):
    elements, y = [], 0
    ends = [end for f in shown for end in (f.importance, f.get("low") or 0.0, f.get("high") or 0.0)] + [0.0]
    low, high = min(ends), max(ends)
    room = max(width_of(row[1]) for row in rows) + 10
    scale = (WIDTH - room - 4) / ((high - low) or 1)
    place = lambda value: 2 + (float(value) - low) * scale
    for f, row in zip(shown, rows):
        found, y = block(0, y + 8, row[0], WIDTH)
        elements += found
        start, end = sorted((place(0), place(f.importance)))
        elements.append(rect(start, y, max(end - start, 1.5), 14, BLUE))
        if f.get("low") is not None:
            left, right = place(f.low), place(f.high)
            for ends in ((left, y + 7, right, y + 7), (left, y + 3, left, y + 11), (right, y + 3, right, y + 11)):
                elements.append(line(*ends, thickness=1.5, kind="strong"))
        elements.append(text(WIDTH, y + 12, row[1], anchor="end"))
        elements.append(line(place(0), y - 2, place(0), y + 16))
        y += 16
    found, y = block(0, y + 8, key, WIDTH, 13, lines=5, soft=True)
    return drawing(elements + found, y + 6, title, alt)

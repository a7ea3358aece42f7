"""What pushes the output up and what pulls it down, as two rows of blocks that meet at the output (a force plot)."""
from dialogue.phrasing.figures.svg import BLUE, ORANGE, SIZE, WIDTH, block, drawing, line, rect, text
from dialogue.types import Figure

BLOCKS = 5


def force_figure(evidence, words):
    """None where there is no contribution, or where it is about a group."""
    result = evidence.result
    items = [c for c in result.contributions if float(c.contribution)]
    if not items or "size" in result:
        return None
    phrase, told = words.phrase("figures.force"), words.score_text if words.output == "probability" else None
    start, end = ((told(float(result.baseline)), told(float(result.value))) if told else
                  (words.moved_text(result.baseline, words.output == "log_odds"),
                   words.moved_text(result.value, words.output == "log_odds")))
    rises = sorted((c for c in items if c.contribution > 0), key=lambda c: -c.contribution)
    falls = sorted((c for c in items if c.contribution < 0), key=lambda c: c.contribution)
    sums = [sum(float(c.contribution) for c in side) for side in (rises, falls)]
    title = phrase["title"].format(up=words.moved_text(sums[0], False), down=words.moved_text(abs(sums[1]), False))
    name = lambda c: words.grammar.capitalised(words.clause(c.feature, c.value))
    rows = [[name(c), words.moved_text(c.contribution, True)] for c in rises + falls]
    alt = phrase["alt"].format(start=start, end=end, bars="; ".join(f"{label}: {size}" for label, size in rows))
    table = {"columns": [words.phrase("figures.factor"), words.phrase("figures.value")], "rows": rows}
    return Figure("force", title, alt, table, _drawn(rises, falls, float(result.baseline), (start, end), title, alt, words))


def _drawn(rises, falls, start, ends, title, alt, words):
    up, down = sum(float(c.contribution) for c in rises), -sum(float(c.contribution) for c in falls)
    low, high = min(start, start + up - down), start + up
    scale = (WIDTH - 2) / ((high - low) or 1)
    place = lambda value: 1 + (value - low) * scale
    elements, y = [], 6
    for key, at, shown in (("start", start, ends[0]), ("end", start + up - down, ends[1])):
        words_ = f"{words.phrase('figures.force')[key]}: {shown}"
        anchor = "start" if place(at) < WIDTH / 3 else "end" if place(at) > WIDTH * 2 / 3 else "middle"
        elements += [text(place(at), y + 13, words_, SIZE, anchor=anchor, bold=key == "end"),
                     line(place(at), y + 18, place(at), 92, kind="strong", dash=key == "start")]
        y += 18
    elements += _blocks(rises, start, 1, 46, place, words) + _blocks(falls, start + up, -1, 70, place, words)
    y = 100
    for c in rises[:BLOCKS] + falls[:BLOCKS]:
        sign = "▲" if c.contribution > 0 else "▼"
        elements.append(text(WIDTH, y + 15, words.moved_text(c.contribution, True), anchor="end"))
        elements.append(text(0, y + 15, sign, SIZE))
        label = words.grammar.capitalised(words.clause(c.feature, c.value))
        found, y = block(18, y, label, WIDTH - 120, lines=3)
        elements += found
    return drawing(elements, y + 6, title, alt)


def _blocks(side, start, way, y, place, words):
    """Blocks one after the other from `start` on, the largest first, with a gap of one unit between them."""
    found, at = [], start
    for c in side:
        after = at + way * abs(float(c.contribution))
        left, right = sorted((place(at), place(after)))
        found.append(rect(left, y, max(right - left - 1, 0.8), 18, BLUE if words.speaks_for(c.contribution) else ORANGE))
        at = after
    return found

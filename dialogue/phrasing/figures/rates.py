"""Shares of groups as bars of 100, with the range that sampling leaves them."""
from dialogue.phrasing.figures.svg import BLUE, ORANGE, WIDTH, block, drawing, line, rect, text, width_of
from dialogue.types import Figure


def rates_figure(rows, key, words, **slots):
    """rows: [(label, entry with share, low, high)]; key: one of figures.rates, `slots` fill its title. None without rows."""
    rows = [(words.grammar.capitalised(label), entry) for label, entry in rows if entry.share is not None]
    if not rows:
        return None
    phrase = words.phrase("figures.rates")
    title = phrase[key]["title"].format(**slots)
    cells = [[label, words.score_text(float(e.share)),
              phrase["range"].format(low=words.score_text(float(e.low)),
                                     high=words.score_text(float(e.high)))] for label, e in rows]
    bars = "; ".join(f"{label}: {phrase['shown'].format(share=share)} ({spread})" for label, share, spread in cells)
    alt = phrase["alt"].format(title=title, bars=bars)
    table = {"columns": [phrase["group"], phrase[key]["column"], phrase["interval"]], "rows": cells}
    shown = [phrase["shown"].format(share=share) for _, share, _ in cells]
    drawn = _drawn(rows, shown, title, alt, ORANGE if key == "wrong" else BLUE)
    return Figure(f"rates_{key}", title, alt, table, drawn)


def _drawn(rows, shown, title, alt, colour):
    elements, y = [], 0
    end = WIDTH - 12 - max(width_of(each, bold=True) for each in shown)
    for (label, entry), words in zip(rows, shown):
        found, y = block(0, y + 9, label, WIDTH)
        low, high = float(entry.low) * end, float(entry.high) * end
        elements += found + [rect(0, y, end, 14, kind="tint"), rect(0, y,
                                  max(float(entry.share) * end, 1.5), 14, colour)]
        for ends in ((low, y + 7, high, y + 7), (low, y + 3, low, y + 11), (high, y + 3, high, y + 11)):
            elements.append(line(*ends, thickness=1.5, kind="strong"))
        elements.append(text(WIDTH, y + 12, words, anchor="end", bold=True))
        y += 16
    return drawing(elements, y + 10, title, alt)

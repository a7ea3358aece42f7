"""What groups of training cases do to the answer: a bar for each, over the band that random groups reach as well."""
from dialogue.phrasing.figures.svg import BLUE, ORANGE, WIDTH, block, drawing, line, rect, text, width_of
from dialogue.types import Figure

THICK = 14


def influence_figure(result, words):
    """None where no group was left out."""
    groups = list(result.groups)
    if not groups:
        return None
    phrase = words.phrase("figures.influence")
    title, band = phrase["title"], words.moved_text(result.chance.largest, False)
    rows = [(group_name(group, result, words), float(group.effect), words.moved_text(group.effect, True)) for group in groups]
    alt = phrase["alt"].format(title=title, bars="; ".join(f"{name}: {size}" for name, _, size in rows), chance=band)
    columns = [phrase["group"], phrase["effect"], phrase["chance"]]
    table = {"columns": columns, "rows": [[name, size, band] for name, _, size in rows]}
    return Figure("influence", title, alt, table, _drawn(rows, float(result.chance.largest), band, title, alt, words))


def group_name(group, result, words):
    """`The 14 nearest that were bad credit risk`, `the next 14 ...`; of estimates, by the side of the estimate."""
    what = words.outcome_text(group.label) if group.side is None else \
        words.phrase("sides")[str(group.side)].format(line=words.amount_text(result.line))
    ring = "near" if float(group.ring) == 1 else "next"
    return words.phrase("figures.influence")[ring].format(count=words.figure(getattr(group, "size")), what=what)


def _drawn(rows, chance, band, title, alt, words):
    phrase, y = words.phrase("figures.influence"), 0
    ends = [size for _, size, _ in rows] + [-chance, chance]
    low, high = min(ends), max(ends)
    room = max(width_of(size) for _, _, size in rows) + 8
    left = room if low < 0 else 0
    scale = (WIDTH - left - room) / ((high - low) or 1)
    zero = left - low * scale
    elements, y = block(0, y, phrase["band"].format(chance=band), WIDTH, 13, soft=True)
    for name, size, told in rows:
        found, y = block(0, y + 8, name, WIDTH)
        start, length = zero + min(size, 0) * scale, abs(size) * scale
        elements += found + [rect(zero - chance * scale, y - 2, 2 * chance * scale, THICK + 4, kind="tint"),
                             rect(start, y, max(length, 1.5), THICK, BLUE if words.speaks_for(size) else ORANGE),
                             line(zero, y - 3, zero, y + THICK + 3)]
        edge = min(start, zero - chance * scale) if size < 0 else max(start + length, zero + chance * scale)
        elements.append(text(edge - 5 if size < 0 else edge + 5, y + 12, told, anchor="end" if size < 0 else "start"))
        y += THICK + 4
    return drawing(elements, y + 10, title, alt)

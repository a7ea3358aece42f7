"""Two values across and up, each pair coloured by the outcome that the model gives it; the case is marked."""
from dialogue.phrasing.figures.svg import BLUE, ORANGE, WIDTH, block, circle, drawing, rect, text
from dialogue.types import Figure

HEIGHT = 260
SEAM = 0.5          # how far neighbours lap over, so that no line shows between them
COLOURS = (BLUE, ORANGE, "#009E73", "#CC79A7", "#E69F00", "#56B4E9")


def boundary_figure(result, words):
    phrase = words.phrase("figures.boundary")
    across, up = result.across, result.up
    labels = [words.label_text(side.feature) for side in (across, up)]
    title = words.grammar.capitalised(phrase["title"].format(across=labels[0], up=labels[1]))
    rows = [[words.value_text(line.value, across.feature), "; ".join(_run(run, up.feature, result.line, words) for run in line.runs)]
            for line in result.lines]
    alt = phrase["alt"].format(title=title, lines=". ".join(f"{value}: {runs}" for value, runs in rows))
    table = {"columns": [words.grammar.capitalised(labels[0]), words.grammar.capitalised(labels[1])], "rows": rows}
    return Figure("boundary", title, alt, table, _drawn(result, labels, title, alt, words))


def _run(run, feature, line, words):
    ends = words.value_text(run.to, feature)
    if getattr(run, "from") != run.to:
        ends = words.phrase("figures.boundary.range").format(low=words.value_text(getattr(run, "from"), feature), high=ends)
    outcome = words.phrase("figures.boundary.impossible") if run.outcome is None else said(run.outcome, line, words)
    return f"{ends}: {outcome}"


def said(outcome, line, words):
    """An outcome's name, or the side of the line that an estimate is on."""
    if line is None:
        return words.outcome_text(outcome)
    return words.phrase("sides")[str(outcome)].format(line=words.amount_text(line))


def colours(words):
    """Outcome -> its colour: blue for the one hoped for; of an estimate, for the higher side."""
    if words.domain.regression:
        return {"above": BLUE, "below": ORANGE}
    codes = sorted(words.domain.outcomes, key=lambda code: code != words.domain.favourable)
    return {code: COLOURS[place % len(COLOURS)] for place, code in enumerate(codes)}


def _pale(drawn, colour):
    """The areas of all outcomes but the one hoped for are paler, so that they differ without colour as well."""
    return drawn if colour == BLUE else f'<g opacity="0.6">{drawn}</g>'


def _drawn(result, labels, title, alt, words):
    elements, y = [], 0
    paint = colours(words)
    seen = {str(code) for codes in result.outcomes for code in codes}
    for code, colour in paint.items():
        if code not in seen:
            continue
        name = words.grammar.capitalised(said(code, result.line, words))
        elements += [_pale(rect(0, y + 5, 12, 12, colour), colour), text(18, y + 16, name)]
        y += 20
    found, top = block(0, y + 4, words.grammar.capitalised(labels[1]), WIDTH)
    elements += found
    columns, rows = result.across["values"], result.up["values"]
    width, height = WIDTH / len(columns), HEIGHT / len(rows)
    place = lambda column, row: (column * width, top + HEIGHT - (row + 1) * height)
    cells = {code: [] for code in paint}
    for row, codes in enumerate(result.outcomes):
        for column, code in enumerate(codes):
            if code is not None:
                cells[str(code)].append(rect(*place(column, row), width + SEAM, height + SEAM, paint[str(code)], radius=0))
    elements += [_pale("".join(drawn), paint[code]) for code, drawn in cells.items()]
    here = [values.index(now) if now in values else None
            for values, now in ((columns, result.now[result.across.feature]), (rows, result.now[result.up.feature]))]
    if None not in here:
        x, y = place(*here)
        elements += [circle(x + width / 2, y + height / 2, 8, "#fff"), circle(x + width / 2, y + height / 2, 5, "#000")]
    ends = [words.value_text(value, result.across.feature) for value in (columns[0], columns[-1])]
    base = top + HEIGHT + 18
    elements += [text(0, base, ends[0], soft=True), text(WIDTH, base, ends[1], anchor="end", soft=True),
                 text(WIDTH / 2, base + 20, words.grammar.capitalised(labels[0]), anchor="middle")]
    low, high = (words.value_text(value, result.up.feature) for value in (rows[0], rows[-1]))
    note = words.phrase("figures.boundary.upwards").format(low=low, high=high)
    found, bottom = block(0, base + 24, note, WIDTH, lines=4, soft=True)
    return drawing(elements + found, bottom + 6, title, alt)

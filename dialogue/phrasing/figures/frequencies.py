"""A confusion matrix as a hundred cases: what each really was by its colour, and whether the model said so by its mark."""
from dialogue.phrasing.figures.svg import BLUE, ORANGE, WIDTH, block, circle, drawing, line, rect, text
from dialogue.types import Figure

ACROSS, SIDE = 20, 19


def frequencies_figure(evidence, words):
    """None unless there are two outcomes and cases with each; shares are rounded so that they add up to 100."""
    parts = [part for part in evidence.result.by_label if part.get("share") is not None and part["size"]]
    if len(words.domain.outcomes) != 2 or len(parts) != 2:
        return None
    total = sum(float(part["size"]) for part in parts)
    exact = []
    for part in parts:
        other = next(code for code in words.domain.outcomes if code != str(part.outcome))
        right = float(part["size"]) * float(part.share)
        exact += [(str(part.outcome), str(part.outcome), 100 * right / total),
                  (str(part.outcome), other, 100 * (float(part["size"]) - right) / total)]
    cells = list(zip(((really, said) for really, said, _ in exact), rounded([size for *_, size in exact])))
    phrase = words.phrase("figures.frequencies")
    names = [phrase["right" if really == said else "wrong"].format(
        really=words.outcome_text(really), said=words.outcome_text(said)) for (really, said), _ in cells]
    right = sum(count for (really, said), count in cells if really == said)
    title = phrase["title"].format(cases=words.domain.file.case[1], right=words.figure(right))
    rows = [[name, words.figure(count)] for name, (_, count) in zip(names, cells)]
    alt = f"{title}. " + "; ".join(f"{name}: {count}" for name, count in rows) + "."
    table = {"columns": [words.phrase("figures.rates.group"), phrase["column"]], "rows": rows}
    return Figure("frequencies", title, alt, table, _drawn(cells, rows, title, alt, words))


def rounded(sizes):
    """Whole numbers that add up to the sum of the sizes: the largest remainders are rounded up."""
    whole = [int(size) for size in sizes]
    left = round(sum(sizes)) - sum(whole)
    for place in sorted(range(len(sizes)), key=lambda i: whole[i] - sizes[i])[:left]:
        whole[place] += 1
    return whole


def _drawn(cells, rows, title, alt, words):
    marks = [(really == said, BLUE if really == words.domain.favourable else ORANGE)
             for (really, said), count in cells for _ in range(count)]
    elements = []
    for place, (right, colour) in enumerate(marks):
        elements += _mark(8 + place % ACROSS * SIDE, 8 + place // ACROSS * SIDE, right, colour)
    y = 14 + -(-len(marks) // ACROSS) * SIDE
    for ((really, said), _), (name, count) in zip(cells, rows):
        colour = BLUE if really == words.domain.favourable else ORANGE
        elements += _mark(8, y + 14, really == said, colour)
        elements.append(text(WIDTH, y + 19, count, anchor="end", bold=True))
        found, y = block(26, y + 4, name, WIDTH - 66, lines=3)
        elements += found
    return drawing(elements, y + 8, title, alt)


def _mark(x, y, right, colour):
    """A full dot where the model is right, a crossed-out box where it is wrong."""
    if right:
        return [circle(x, y, 6.5, colour)]
    return [rect(x - 6, y - 6, 12, 12, kind="tint"), line(x - 5, y - 5, x + 5, y + 5, colour=colour, thickness=2.5),
            line(x - 5, y + 5, x + 5, y - 5, colour=colour, thickness=2.5)]

"""How the output goes with a feature: a line over the values of a number, a bar for each value of a category.

The value of the case at hand is marked. But for plain readers, also how single cases' own curves go and the accumulated
local effect (a number), or between which scores eight in ten cases lie (a category).
"""
from dialogue.phrasing.figures.svg import (
    BLUE, ORANGE, SIZE, WIDTH, beside, block, circle, drawing, line, number, rect, ring, text, width_of)
from dialogue.types import Figure

HEIGHT, BARS = 150, 12


def effect_figure(entry, evidence, words):
    """None where there is nothing to compare."""
    points = list(entry.points)
    if not points:
        return None
    feature = words.domain.features.get(str(entry.feature))
    shown = [words.value_text(p.value, entry.feature) for p in points]
    told = words.amount_text if words.domain.regression else words.score_text
    outputs = [told(float(point.mean)) for point in points]
    title = words.effect_text(entry).rstrip(".")
    alt = words.phrase("figures.effect.alt").format(points="; ".join(f"{a}: {b}" for a, b in zip(shown, outputs)))
    is_number = feature is not None and feature.type == "number" and len(points) > 1
    table = _table(entry, points, shown, outputs, told, words)
    full, own = words.level != "plain", words.own_value(entry.feature)
    if own is not None:
        alt = f"{alt} {words.phrase('figures.effect.own').format(value=words.value_text(own, entry.feature))}"
    if is_number:
        svg = _line(entry if full else None, points, shown, outputs, told, title, alt, words, own, entry.feature)
    else:
        svg = _bars(points, shown, outputs, title, alt, words, full, own)
    return Figure("effect", title, alt, table, svg)


def _table(entry, points, shown, outputs, told, words):
    """Value and mean output; but for plain readers, also the range of eight in ten and the accumulated local effect."""
    columns = [words.grammar.capitalised(words.label_text(entry.feature)), words.grammar.capitalised(_thing(words))]
    rows = [list(pair) for pair in zip(shown, outputs)]
    if words.level != "plain":
        phrase = words.phrase("figures.effect")
        columns.append(phrase["middle"])
        rows = [[*row, phrase["range"].format(low=told(float(p.low)), high=told(float(p.high)))] for row, p in zip(rows, points)]
        if points[0].ale is not None:
            columns.append(phrase["ale"])
            rows = [[*row, words.moved_text(p.ale, True)] for row, p in zip(rows, points)]
    return {"columns": columns, "rows": rows}


def _thing(words):
    return words.phrase("figures.thing")["estimate"] if words.domain.regression else words.score_name_text(words.told)


def _line(entry, points, shown, outputs, told, title, alt, words, own, feature):
    """The mean as a line; with `entry`, also single curves and the accumulated local effect about the same mean level."""
    elements, top = block(0, 0, words.grammar.capitalised(_thing(words)), WIDTH, SIZE - 1, soft=True)
    top += 10 if own is None else 26
    means = [float(p.mean) for p in points]
    curves = [[float(value) for value in curve] for curve in entry.curves] if entry else []
    local = _local(points, means) if entry else []
    everything = means + local + [value for curve in curves for value in curve]
    low, high = min(everything), max(everything)
    names = {low: told(low), high: told(high)} if entry else {mean: outputs[means.index(mean)] for mean in (low, high)}
    left = max(width_of(name, SIZE - 1) for name in names.values()) + 14
    first, last = float(points[0].value), float(points[-1].value)
    x = lambda value: left + (WIDTH - left - 8) * (float(value) - first) / ((last - first) or 1)
    y = lambda mean: top + HEIGHT * (1 - (mean - low) / ((high - low) or 1)) if high > low else top + HEIGHT / 2
    for value, name in names.items():
        elements += [line(left, y(value), WIDTH, y(value), dash=True),
                     text(left - 10, y(value) + 4, name, SIZE - 1, anchor="end", soft=True)]
    across = [x(p.value) for p in points]
    drawn = lambda values, style: _path(across, [y(value) for value in values], style)
    elements += [drawn(curve, 'class="line" fill="none" stroke-width="1" stroke-opacity="0.45"') for curve in curves]
    elements.append(drawn(means, f'style="fill:none;stroke:{BLUE}" stroke-width="2.5"'))
    if local:
        elements.append(drawn(local, f'style="fill:none;stroke:{ORANGE}" stroke-width="2.5" stroke-dasharray="7 4"'))
    elements += [circle(place, y(mean), 2.5, BLUE) for place, mean in zip(across, means)]
    if own is not None and first <= float(own) <= last:
        at = _between(float(own), [float(p.value) for p in points], means)
        elements += [line(x(own), top - 8, x(own), top + HEIGHT, kind="strong"), ring(x(own), y(at), 6.5, BLUE),
                     beside(x(own), top - 13, words.phrase("figures.ranges.now").format(value=words.value_text(own, feature)), bold=True)]
    base = top + HEIGHT + 24
    elements += [text(left, base, shown[0], SIZE - 1, soft=True), text(WIDTH, base, shown[-1], SIZE - 1, anchor="end", soft=True)]
    keys, bottom = _keys(base + 10, bool(curves), bool(local), words) if entry else ([], base)
    return drawing(elements + keys, bottom + 8, title, alt)


def _between(value, values, means):
    """The height of the line at a value between two points."""
    after = next(place for place, each in enumerate(values) if each >= value)
    before = max(after - 1, 0)
    share = (value - values[before]) / ((values[after] - values[before]) or 1)
    return means[before] + share * (means[after] - means[before])


def _local(points, means):
    """The accumulated local effect, moved to the mean level of the other line; empty for what has none."""
    if points[0].ale is None:
        return []
    ale = [float(p.ale) for p in points]
    return [value - sum(ale) / len(ale) + sum(means) / len(means) for value in ale]


def _path(across, down, style):
    path = " ".join(f"{number(x)},{number(y)}" for x, y in zip(across, down))
    return f'<polyline points="{path}" {style} stroke-linejoin="round"/>'


def _keys(y, curves, local, words):
    """(elements, y below them): what each kind of line is."""
    phrase, elements = words.phrase("figures.effect"), []
    kinds = [("mean", f'style="fill:none;stroke:{BLUE}" stroke-width="2.5"', True),
             ("local", f'style="fill:none;stroke:{ORANGE}" stroke-width="2.5" stroke-dasharray="7 4"', local),
             ("curves", 'class="line" fill="none" stroke-width="1" stroke-opacity="0.45"', curves)]
    for key, style, there in kinds:
        if there:
            elements += [_path([0, 26], [y + 12, y + 12], style)]
            found, y = block(34, y, phrase[key], WIDTH - 34, SIZE - 1)
            elements += found
    return elements, y


def _kept(points, own):
    """Places of the values that get a bar, in order: all of a few; of many the own one and those furthest from the middle."""
    if len(points) <= BARS:
        return list(range(len(points)))
    means = [float(point.mean) for point in points]
    middle = sorted(means)[len(means) // 2]
    ranked = sorted(range(len(points)), key=lambda place: (own is None or points[place].value != own, -abs(means[place] - middle)))
    return sorted(ranked[:BARS])


def _rest(rest, words):
    """What the values without a bar lie between. rest: (mean, its text), in order."""
    forms = words.phrase("figures.effect")["rest"]
    return forms[words.plural(len(rest), forms)].format(count=words.figure(len(rest)), low=rest[0][1], high=rest[-1][1])


def _bars(points, shown, outputs, title, alt, words, full, own):
    elements, y = block(0, 0, words.grammar.capitalised(_thing(words)), WIDTH, SIZE - 1, soft=True)
    ends = [float(p.mean) for p in points] + [0.0] + [float(end) for p in points for end in (p.low, p.high) if full]
    low, high = min(ends), max(ends)
    kept = _kept(points, own)
    room = max(width_of(each, bold=True) for each in outputs) + 12
    scale = (WIDTH - room) / ((high - low) or 1)
    zero = -low * scale
    for point, name, output in [(points[place], shown[place], outputs[place]) for place in kept]:
        mine = own is not None and point.value == own
        name = words.grammar.capitalised(name)
        name = words.phrase("figures.ranges.own").format(value=name) if mine else name
        found, y = block(0, y + 8, name, WIDTH, bold=mine)
        start, end = sorted((zero, zero + float(point.mean) * scale))
        elements += found + [rect(start, y, max(end - start, 1.5), 14, BLUE), text(WIDTH, y + 12, output, anchor="end", bold=True)]
        if full:
            left, right = zero + float(point.low) * scale, zero + float(point.high) * scale
            for ends in ((left, y + 7, right, y + 7), (left, y + 3, left, y + 11), (right, y + 3, right, y + 11)):
                elements.append(line(*ends, thickness=1.5, kind="strong"))
        y += 16
    if len(kept) < len(points):
        rest = sorted((float(point.mean), output) for place, (point, output) in enumerate(zip(points, outputs)) if place not in kept)
        found, y = block(0, y + 6, _rest(rest, words), WIDTH, SIZE - 1, soft=True)
        elements += found
    if full:
        found, y = block(0, y + 6, words.phrase("figures.effect")["whiskers"], WIDTH, SIZE - 1, soft=True)
        elements += found
    return drawing(elements, y + 10, title, alt)

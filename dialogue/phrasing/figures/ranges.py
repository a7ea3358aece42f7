"""With which values which outcome comes about: a band for each feature, with the person's own value marked on it.

The outcome hoped for is blue, on a full band or with a full dot; the other one orange, on a slim band or with a ring.
"""
from dialogue.phrasing.figures.svg import BLUE, ORANGE, SIZE, WIDTH, beside, block, circle, drawing, line, rect, ring, text, width_of
from dialogue.types import Figure

BANDS, EDGE = {"plain": 4, "practitioner": 8, "expert": 30}, 6


def ranges_figure(entries, words):
    """entries: scans of a threshold or keep; None where none of them has a range with an outcome."""
    entries = [entry for entry in entries if any(run.outcome is not None for run in entry.ranges)][:BANDS[words.level]]
    if not entries:
        return None
    phrase = words.phrase("figures.ranges")
    rows = [[words.grammar.capitalised(words.label_text(entry.feature)), _span(run, entry, words), _outcome(run, words)]
            for entry in entries for run in entry.ranges]
    now = {str(entry.feature): words.value_text(entry.now, entry.feature) for entry in entries}
    title = phrase["title"].format(label=words.label_text(entries[0].feature)) if len(entries) == 1 else phrase["several"]
    own = "; ".join(f"{words.label_text(name)}: {value}" for name, value in now.items())
    alt = phrase["alt"].format(ranges="; ".join(f"{row[0]}, {row[1]}: {row[2]}" for row in rows), own=own)
    table = {"columns": [words.phrase("figures.factor"), words.phrase("figures.value"), phrase["outcome"]], "rows": rows}
    return Figure("ranges", words.grammar.capitalised(title), alt, table, _drawn(entries, title, alt, words))


def _span(run, entry, words):
    first, last = words.value_text(run["from"], entry.feature), words.value_text(run.to, entry.feature)
    return first if first == last else words.phrase("figures.rates.range").format(low=first, high=last)


def _outcome(run, words):
    if run.outcome is None:
        return words.phrase("figures.ranges.impossible")
    return words.phrase("reached")[str(run.outcome)] if words.domain.regression else words.outcome_text(run.outcome)


def _good(run, words):
    hoped = ("reached", "same") if words.domain.regression else (words.domain.favourable or str(words.told),)
    return str(run.outcome) in hoped


def _drawn(entries, title, alt, words):
    elements, y = [], 2
    for entry in entries:
        if len(entries) > 1:
            found, y = block(0, y, words.grammar.capitalised(words.label_text(entry.feature)), WIDTH, bold=True)
            elements += found
        feature = words.domain.features.get(str(entry.feature))
        draw = _band if feature is not None and feature.type == "number" else _list
        found, y = draw(entry, y + 2, words)
        elements += found
        y += 8
    found, y = _key(entries, y, words)
    return drawing(elements + found, y + 6, title, alt)


def _band(entry, y, words):
    """A number's range from left to right, as far as the data go; runs that are not possible stay pale."""
    runs = list(entry.ranges)
    first, last = runs[0]["from"], runs[-1].to
    if entry.get("seen"):
        first = entry.seen["from"] if float(entry.seen["from"]) > float(first) else first
        last = entry.seen.to if float(entry.seen.to) < float(last) else last
    if entry.now is not None:
        first = entry.now if float(entry.now) < float(first) else first
        last = entry.now if float(entry.now) > float(last) else last
    low, high = float(first), float(last)
    place = lambda value: EDGE + (WIDTH - 2 * EDGE) * (float(value) - low) / ((high - low) or 1)
    elements = [rect(EDGE, y + 22, WIDTH - 2 * EDGE, 14, kind="tint")]
    for number, run in enumerate(runs):
        # A run reaches to where the next one begins, so that no gap seems to lie between two neighbouring values.
        left, right = run["from"], runs[number + 1]["from"] if number + 1 < len(runs) else run.to
        left, right = (place(min(max(float(end), low), high)) for end in (left, right))
        if run.outcome is not None and (right > left or float(run["from"]) >= low and float(run.to) <= high):
            elements.append(_bar(left, y + 22, max(right - left, 1.5), _good(run, words)))
    if entry.now is not None:
        x = place(min(max(float(entry.now), low), high))
        shown = words.phrase("figures.ranges.now").format(value=words.value_text(entry.now, entry.feature))
        elements += [line(x, y + 17, x, y + 41, kind="strong", thickness=2.5), beside(x, y + 13, shown, bold=True)]
    ends = [words.value_text(end, entry.feature) for end in (first, last)]
    turns, below = _turns(runs, low, high, place, y + 36, entry.feature, words)
    elements += [text(EDGE, below + 18, ends[0], SIZE - 1, soft=True),
                 text(WIDTH - EDGE, below + 18, ends[1], SIZE - 1, anchor="end", soft=True)]
    return elements + turns, below + 26


def _turns(runs, low, high, place, y, feature, words):
    """(marks under a band whose lower edge is at `y` where another outcome begins, each with the first value there; y below them)."""
    found, free = [], 0.0
    for before, run in zip(runs, runs[1:]):
        at = float(run["from"])
        if None in (before.outcome, run.outcome) or before.outcome == run.outcome or not low < at <= high:
            continue
        shown, x = words.value_text(run["from"], feature), place(at)
        half = width_of(shown, SIZE - 1) / 2
        middle = min(max(x, half), WIDTH - half)
        if middle - half >= free:
            found += [line(x, y, x, y + 5, kind="strong"), text(middle, y + 18, shown, SIZE - 1, anchor="middle")]
            free = middle + half + 8
    return found, y + (17 if found else 0)


def _bar(x, y, width, good):
    """A piece of a band 14 high."""
    return rect(x, y, width, 14, BLUE, radius=0) if good else rect(x, y + 3.5, width, 7, ORANGE, radius=0)


def _list(entry, y, words):
    """The values of a category, one a line."""
    elements = []
    for run in entry.ranges:
        name = words.grammar.capitalised(_span(run, entry, words))
        own = run["from"] == entry.now or run.to == entry.now
        if own:
            name = words.phrase("figures.ranges.own").format(value=name)
        dot = circle(EDGE + 4, y + 12, 6, BLUE) if _good(run, words) else ring(EDGE + 4, y + 12, 6, ORANGE)
        elements.append(dot if run.outcome is not None else rect(EDGE - 2, y + 6, 12, 12, kind="tint"))
        found, y = block(EDGE + 20, y, name, WIDTH - EDGE - 20, bold=own)
        elements += found
    return elements, y


def _key(entries, y, words):
    """What the marks mean, in words: a piece of band, a dot, or both, as they are drawn above."""
    elements, seen = [], {}
    numbers = {str(entry.feature): getattr(words.domain.features.get(str(entry.feature)), "type", "") == "number" for entry in entries}
    bands, dots = any(numbers.values()), not all(numbers.values())
    for entry in entries:
        for run in entry.ranges:
            seen.setdefault(_outcome(run, words), None if run.outcome is None else _good(run, words))
    for name, good in seen.items():
        x = EDGE + 20 + (22 if bands and dots else 0)
        if good is None:
            elements.append(rect(EDGE - 2, y + 4, 12, 12, kind="tint"))
        elif bands:
            elements.append(_bar(EDGE - 2, y + 4, 14, good))
        if good is not None and dots:
            elements.append((circle if good else ring)(x - 14, y + 11, 6, BLUE if good else ORANGE))
        found, y = block(x, y, words.grammar.capitalised(name), WIDTH - x, SIZE - 1, soft=True)
        elements += found
    return elements, y

"""Scores on one line from 0 to 100 (or over the range of a regression): before and after, with the threshold marked."""
from dialogue.phrasing.selection import told_options
from dialogue.phrasing.figures.svg import BLUE, ORANGE, SIZE, WIDTH, block, circle, drawing, line, rect, text, width_of
from dialogue.types import Figure

EDGE, SHOWN = 26, 6          # SHOWN: changes of a what-if that are written above it


def change_figure(evidence, before, after, words):
    """A what-if: the score (or value) as it is and as it would be; None where nothing moves."""
    scale = Scale(words)
    named = words.phrase("figures.change")
    said = [(named["now"], float(before), scale.text(before)), (named["then"], float(after), scale.text(after))]
    way = "same" if said[0][2] == said[1][2] else "rise" if after > before else "fall"
    title = named["title"][way].format(thing=scale.name(evidence.outcome), before=said[0][2], after=said[1][2])
    title = words.grammar.capitalised(title)
    moved = [_moved(change, words.phrase("figures.options"), words) for change in evidence.result.changes
             if change.get("from") != change.get("to")]
    alt = f"{title}. {'; '.join(moved)}. {scale.limit_alt()}".strip()
    table = {"columns": ["", words.grammar.capitalised(scale.name(evidence.outcome))], "rows": [
                                                       [name, value] for name, _, value in said]}
    return Figure("change", title, alt, table, _drawn(said, moved, title, alt, scale))


class Scale:
    """From values to places on the line: 0 to 100 for scores, the range of the data for a regression."""

    def __init__(self, words):
        self.words, self.domain = words, words.domain
        if self.domain.regression:
            self.low, self.high = float(self.domain.target.min()), float(self.domain.target.max())
        else:
            self.low, self.high = 0.0, 1.0
        self.limit = words.threshold_told()

    def text(self, value):
        if self.domain.regression:
            return self.words.amount_text(value)
        return self.words.score_text(float(value), self.limit)

    def name(self, outcome):
        if self.domain.regression:
            return self.words.phrase("figures.thing")["estimate"]
        return self.words.score_name(outcome)

    def x(self, value, start=EDGE, end=WIDTH - EDGE):
        share = (float(value) - self.low) / ((self.high - self.low) or 1)
        return start + (end - start) * min(1.0, max(0.0, share))

    def good(self, value):
        """Is it on the side of the favourable outcome? True where there is none."""
        if self.limit is None:
            return True
        reached = self.words.side(100 * float(value), 100 * self.limit)
        return reached == (self.words.told == self.domain.favourable)

    def limit_text(self):
        return self.words.figure(round(100 * self.limit, 8), 4)

    def limit_alt(self):
        if self.limit is None:
            return ""
        return self.words.phrase("figures.change")["limit_alt"].format(limit=self.limit_text())

    def ends(self):
        if self.domain.regression:
            return self.words.amount_text(self.low), self.words.amount_text(self.high)
        return "0", "100"


def _drawn(said, moved, title, alt, scale):
    elements, y = [], 0
    for each in moved[:SHOWN]:
        found, y = block(0, y, each, WIDTH, SIZE - 1, lines=3, soft=True)
        elements += found
    if scale.limit is not None:
        mark = scale.x(scale.limit)
        words = scale.words.phrase("figures.change")["limit"].format(limit=scale.limit_text())
        elements.append(text(mark, y + 16, words, SIZE - 1, anchor="middle", soft=True))
        elements.append(line(mark, y + 22, mark, y + 24 + 44 * len(said), dash=True))
        y += 24
    for name, value, shown in said:
        elements += _row(name, value, shown, y + 10, scale)
        y += 44
    low, high = scale.ends()
    elements += [text(EDGE, y + 14, low, SIZE - 1, anchor="middle" if len(low) < 5 else "start", soft=True),
                 text(WIDTH - EDGE, y + 14, high, SIZE - 1, anchor="middle" if len(high) < 5 else "end", soft=True)]
    return drawing(elements, y + 22, title, alt)


def _row(name, value, shown, y, scale):
    """A bar from the left end to the value, its name above the bar and the value behind it."""
    x, colour = scale.x(value), BLUE if scale.good(value) else ORANGE
    found = [text(EDGE, y + 10, name, SIZE - 1), rect(EDGE, y + 16, WIDTH - 2 * EDGE, 12, kind="tint"),
             rect(EDGE, y + 16, max(x - EDGE, 1.5), 12, colour)]
    beside = x + 6 + width_of(shown) <= WIDTH - EDGE
    return found + [circle(x, y + 22, 7, colour), text(x + 11 if beside else WIDTH - EDGE, y + (27 if beside else 10),
                                                       shown,
                                                       anchor="start" if beside else "end", bold=True)]


def options_figure(evidence, words):
    """Options one below the other: what changes in each, and the score that it leads to."""
    scale, phrase, options = Scale(words), words.phrase("figures.options"), told_options(evidence.result.options, words.level)
    outcome = evidence.outcome
    elements_title = phrase["title"][words.plural(len(options), phrase["title"])]
    title = elements_title.format(count=words.figure(len(options)))
    elements, y = [], 0
    value_of = lambda option: option.value if words.domain.regression else option.probabilities[outcome]
    room = 16 + max(width_of(scale.text(value_of(option)), bold=True) for option in options)
    elements, y = block(0, y, words.grammar.capitalised(scale.name(outcome)), WIDTH, SIZE - 1, soft=True)
    if scale.limit is not None:
        at, shown = scale.x(scale.limit, EDGE, WIDTH - room), words.phrase("figures.change")["limit"].format(limit=scale.limit_text())
        elements, y = elements + [text(at, y + 14, shown, SIZE - 1, anchor="middle", soft=True)], y + 16
    rows, alts = [], []
    for place, option in enumerate(options, start=1):
        value = value_of(option)
        lines = [_moved(c, phrase, words) for c in list(option.changes) + list(option.get("follows") or [])]
        elements.append(line(0, y + 6, WIDTH, y + 6))
        elements.append(text(0, y + 28, f"{place}.", SIZE, bold=True))
        y += 12
        for words_ in lines:
            found, y = block(EDGE, y, words_, WIDTH - EDGE, lines=3)
            elements += found
        elements += _bar(value, y + 6, scale, room)
        y += 32
        rows.append([str(place), "; ".join(lines), scale.text(value)])
        alts.append(f"{place}. {'; '.join(lines)}: {scale.text(value)}")
    columns = [phrase["option"], phrase["changes"], words.grammar.capitalised(scale.name(outcome))]
    alt = f"{title}. {'. '.join(alts)}. {scale.limit_alt()}".strip()
    return Figure("options", title, alt, {"columns": columns, "rows": rows}, drawing(elements, y + 8, title, alt))


def _moved(change, phrase, words):
    """One change in short; where the outcome does not need it, it says so."""
    said = phrase["change"].format(label=words.grammar.capitalised(words.label_text(change.feature)),
                                   before=words.value_text(getattr(change, "from"), change.feature),
                                   to=words.value_text(change.to, change.feature))
    return said if change.get("needed", True) else phrase["spare"].format(change=said)


def _bar(value, y, scale, room):
    """A bar over the line with its value behind it; `room` is kept for the value."""
    end = WIDTH - room
    x, colour = scale.x(value, EDGE, end), BLUE if scale.good(value) else ORANGE
    found = [rect(EDGE, y, end - EDGE, 12, kind="tint"), rect(EDGE, y, max(x - EDGE, 1.5), 12, colour),
             text(end + 8, y + 11, scale.text(value), bold=True)]
    if scale.limit is not None:
        mark = scale.x(scale.limit, EDGE, end)
        found.append(line(mark, y - 4, mark, y + 16, dash=True))
    return found

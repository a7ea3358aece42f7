"""The structure of a question: its statements with their roles, and the text in which they are replaced by their type."""

from dataclasses import dataclass, replace

from dialogue.understanding.sentence.conditions import as_condition
from dialogue.understanding.sentence.flags import none_code
from dialogue.understanding.sentence.items import PEOPLE, items
from dialogue.understanding.sentence.roles import BARE, CHANGE, WHERE, roles
from dialogue.understanding.sentence.statements import Reader
from dialogue.understanding.wording.tagging import Span
from explainers.types import Change

_BETWEEN = set("the a an from in for being to with on".split())
OF_GROUPS = {"count", "show", "label", "mistakes", "performance", "prediction", "likelihood", "statistic", "importance", "again", "data"}


@dataclass(frozen=True, eq=False)
class Structure:
    """What the rules found.

    row          items of the question
    statements   [(Statement, role)]
    spans        spans of the delexicalised text, COND and CHANGE put in
    mentions     features named outside of conditions and changes: [(place of its first token, options)]
    akin         column -> all columns of the category that it is one value of
    """

    tagged: object
    row: list
    statements: list
    spans: list
    mentions: list
    akin: dict

    def text(self, start=0, end=None):
        return self.tagged.text(start, end, self.spans)

    def words(self, start=0, end=None):
        """The text with its own words, as they are read: small letters, slips put right."""
        return " ".join(token.text for token in self.tagged.tokens[start:end])

    @property
    def case(self):
        return next((span.value for span in (*self.spans, *self.tagged.spans) if span.tag == "CASE"), None)

    def numbers(self):
        """Items that are numbers of something, not places in an order."""
        return [item for item in self.row if item.letter == "N" and not item.value.ordinal]

    def wheres(self):
        """[(start, end, COND)] in the order said."""
        return [(s.start, s.end, as_condition(s, s.options[0], s.value[0])) for s, role in self.statements if role == WHERE]

    def changes(self, domain):
        """Changes in the order said; a category that is said not to be something becomes "none" or its other value."""
        found = []
        for statement, role in self.statements:
            if role != CHANGE:
                continue
            name, how = statement.options[0], ("to" if statement.form in ("compare", "flag", "value", "to") else statement.form)
            value = statement.value if statement.form == "times" else statement.value[0]
            if found and self._replaced(statement):
                if statement.form != "flag":
                    continue
                value = False
            if statement.form == "value" and statement.sign == "!=":
                value = _instead(domain.features[name], value)
            if value is not None:
                found.append(Change(name, how, value))
        return found

    def _replaced(self, statement):
        """ "north instead of south", "training rather than a car": what the change before stands in the place of."""
        start = self.row[statement.start].start
        before = [token.text for token in self.tagged.tokens[max(0, start - 6) : start] if token.text not in _BETWEEN]
        return before[-2:] in (["instead", "of"], ["rather", "than"])

    def settled(self, kinds, personal):
        """Bare flags and values that can only say about whom ("women", "rejected homeowners") turned into conditions."""
        if kinds == {"fairness"} and not any(role == WHERE and s.form == "compare" for s, role in self.statements):
            return replace(self, statements=[(s, BARE if s.form in ("value", "flag") else role) for s, role in self.statements])
        nobody = not any(item.letter == "G" or item.letter in "LV" and PEOPLE.search(item.text) for item in self.row)
        if nobody and kinds <= {"prediction", "likelihood", "again"} and self._one_supposed():
            return self.supposed()
        if self.case is None and kinds <= {"count", "statistic", "performance", "mistakes"}:  # "accuracy if age = 30"
            told = [(s, WHERE if role == CHANGE and s.form in ("compare", "value", "flag") else role) for s, role in self.statements]
            self = replace(self, statements=told)
        if personal or self.case is not None or not kinds <= OF_GROUPS:
            return self
        wide = kinds <= {"count", "show", "label", "mistakes", "performance", "prediction", "likelihood", "again"}
        turned = [
            (s, WHERE if role == BARE and (s.form == "value" or s.form == "flag" and wide) else role) for s, role in self.statements
        ]
        places = {self.row[s.start].start for s, role in turned if role == WHERE}
        spans = {self.row[p].start for s, role in turned if role == WHERE for p in range(s.start, s.end)}
        return replace(self, statements=turned, mentions=[pair for pair in self.mentions if pair[0] not in places | spans])

    def told(self):
        """The same with every statement only a mention of its feature: "my account is overdrawn, is that it?"."""
        turned = [(s, BARE) for s, _ in self.statements]
        return replace(self, statements=turned)

    def _one_supposed(self):
        """Values said of one case, or of what would be: "would 77 pass with two years and a guarantor", "the score of 9 under age = 30"."""
        said = [s for s, role in self.statements if role == WHERE]
        one = self.case is not None or bool({"would", "could", "might"} & set(self.text().split()))
        return one and bool(said) and all(s.sign in ("=", "!=") and (s.sign == "=" or s.form == "value") for s in said)

    def supposed(self):
        """The same with every statement a change: "and with a guarantor?", "even without savings?"."""
        turned = [(s, CHANGE if role in (WHERE, BARE) else role) for s, role in self.statements]
        places = {self.row[p].start for s, _ in turned for p in range(s.start, s.end)}
        return replace(self, statements=turned, mentions=[pair for pair in self.mentions if pair[0] not in places])

    @property
    def absent(self):
        """Names of things that the domain file says its data do not hold."""
        return [span.value.options[0][0] for span in self.tagged.spans if span.tag == "ABSENT"]

    def unclear(self):
        """Statements and mentions with several features that fit equally well: [(place, names)]."""
        found = [(self.row[s.start].start, s.options) for s, role in self.statements if role != BARE and len(s.options) > 1]
        return found + [(place, names) for place, names in self.mentions if len(names) > 1 and not self.one_category(names)]

    def one_category(self, names):
        """The names are the columns of one category, named as a whole ("the payment method")."""
        return len(names) > 1 and set(names) == set(self.akin.get(names[0], ()))

    def meant(self, names):
        """The features of a mention: all of a category's, else the one that fits best."""
        return names if self.one_category(names) else names[:1]


def structure(tagged, domain, words, lexicon, about_case):
    """Tagged -> Structure. about_case: one case is at hand."""
    row = items(tagged, domain, lexicon)
    found = Reader(row, domain, words, lexicon).statements()
    one = about_case or any(item.letter == "C" for item in row)
    named = frozenset(place for place, item in enumerate(row) if item.letter in "LVF" and _for_people(tagged, item, lexicon))
    marked = list(zip(found, roles(row, found, "case" if one else "nobody", named)))
    used = [(s, role) for s, role in marked if role != BARE]
    spans = _spans(tagged, row, used)
    spans = _with_cases(spans, _used(row, found) | _ages(spans, tagged, len(found)), tagged, domain)
    said = [(row[s.start].start, row[s.end - 1].end) for s, _ in used]
    mentions = [
        (item.start, tuple(dict.fromkeys(name for name, _ in item.value.options)))
        for item in row
        if item.letter in "FL" and not any(a <= item.start < b for a, b in said)
    ]
    return Structure(tagged, row, marked, spans, mentions, words.categories)


def _for_people(tagged, item, lexicon):
    """A feature or value named by a noun for people in the plural: women, males, hispanics, smokers, tenants."""
    last = tagged.tokens[item.end - 1].text
    return last.endswith("en") and (last,) in lexicon.people or bool(PEOPLE.search(last))


def _instead(feature, value):
    """What a category is when it is not `value`: "none" where there is such a value, the other one of two."""
    nothing = none_code(feature)
    others = [code for code in feature.values if str(code) != str(value)]
    code = nothing if nothing is not None and str(nothing) != str(value) else others[0] if len(others) == 1 else None
    return int(code) if code is not None and code.lstrip("-").isdigit() else code


_NO_CASE_AFTER = set("""
    +
    most important features feature factors reasons things main biggest key best top options changes other
    examples or and of mistakes more less largest smallest highest nearest similar closest variables % times
    attributes strongest cases people percent suggestions ways errors steps one x people option change
""".split())
_CASE_BEFORE = set("""
    give put move offer try
    for of on about with was is did does would will if why could can what and flip to explain has should predict
    in how make show case flipping not but given like that as reject change approve from now ,
    again are think believe
""".split())


_ALIKE = set("happen simil clos closest near nearest next compar lik ident switch chang go appli happened".split())
_TAKING = set("""
    ask tak take took borrow want request apply appli pay paid get got need reach set chang increas go went
""".split())


SOMEBODY = set("""
    i he she it who mom mum mother father dad husband wife son daughter brother sister friend mate partner girlfriend boyfriend
    uncle aunt cousin lad kid child boy girl guy neighbour neighbor colleague flatmate grandma grandpa tenant
""".split())


def _used(row, statements):
    """Places of the tokens that statements are made of."""
    return {place for s in statements for place in range(row[s.start].start, row[s.end - 1].end)}


def _ages(spans, tagged, described):
    """Places of numbers that say how old somebody described is: "a woman of 49", "who is 23, rents and ...", ", 38, "."""
    if described < 2:
        return set()
    text = lambda place: tagged.tokens[place].text if 0 <= place < len(tagged.tokens) else ""
    people = {span.end for span in spans if span.tag in ("GROUP", "VALUE", "FEATURE", "COND", "CHANGE")} | {
        place + 1 for place, token in enumerate(tagged.tokens) if token.text in SOMEBODY - {"it"}
    }
    found = set()
    for span in spans:
        before, after = text(span.start - 1), text(span.end)
        alone = after in ("", ",", ".", "and", "years") or span.end in {other.start for other in spans}
        if span.tag == "NUM" and (
            before == "of" and span.start - 1 in people
            or before in ("is", "am") and alone and span.start - 1 in people
            or before == "," and after in (",", "")
        ):
            found.add(span.start)
    return found


def _with_cases(spans, used, tagged, domain):
    """A number that is left and names a case ("why was 12 refused?", "and 23?") becomes a CASE."""
    if any(span.tag == "CASE" for span in spans):
        return spans
    for index, span in enumerate(spans):
        if (
            span.tag == "NUM"
            and span.start not in used
            and span.value.unit is None
            and not span.value.ordinal
            and float(span.value.value).is_integer()
            and tagged.tokens[span.start].text.isdigit()
            and str(span.value.value) in domain.frame.index
        ):
            before = tagged.tokens[span.start - 1].text if span.start else ""
            after = tagged.tokens[span.end].text if span.end < len(tagged.tokens) else ""
            joined = any(s.tag in ("NUM", "COND") and s.start == span.end + 1 for s in spans)
            if after == "and" and span.end + 1 < len(tagged.tokens) and not joined:
                after = ""
            if before == "me" and after in ("", ".", "?", ","):
                before = "show"
            verb, name = (tagged.tokens[span.start - 2].stem, tagged.tokens[span.start - 2].text) if span.start > 1 else ("", "")
            low = spans[index - 1] if before == "and" and index and spans[index - 1].end == span.start - 1 else None
            if low is not None and low.tag == "NUM" and low.start and tagged.tokens[low.start - 1].text in ("between", "from"):
                continue
            if verb in _TAKING - {"chang" if before == "for" else ""} and before in ("for", "of", "to", "at"):
                continue
            if _counts_or_measures(spans, index, tagged):
                continue
            said = {token.stem for token in tagged.tokens[: span.start]}
            if before == "to" and not said & _ALIKE or before in ("was", "is") and (verb in SOMEBODY or name in SOMEBODY):
                continue
            if (
                before in _CASE_BEFORE
                and after not in _NO_CASE_AFTER
                or not before
                and after
                and after.isalpha()
                and after not in _NO_CASE_AFTER
            ):
                spans = [*spans[:index], Span("CASE", span.start, span.end, str(span.value.value)), *spans[index + 1 :]]
                return spans
    return spans


def _counts_or_measures(spans, index, tagged):
    """ "2 guarantors", "a heart rate of 150": of a thing, or of a feature, no case."""
    here = spans[index]
    after = index + 1 < len(spans) and spans[index + 1].start == here.end and spans[index + 1].tag in ("FEATURE", "VALUE")
    behind = spans[index - 1] if index else None
    of = (
        behind is not None
        and behind.tag == "FEATURE"
        and behind.end == here.start - 1
        and tagged.tokens[here.start - 1].text == "of"
        and behind.start > 0
        and tagged.tokens[behind.start - 1].text in ("a", "an")
    )
    return after or of


def _spans(tagged, row, used):
    """Base spans, those inside a condition or change replaced by one COND or CHANGE."""
    wide = []
    for statement, role in used:
        start, end = row[statement.start].start, row[statement.end - 1].end
        if not any(a < end and start < b for _, a, b in wide):
            wide.append(("COND" if role == WHERE else "CHANGE", start, end))
    kept = [span for span in tagged.spans if not any(a < span.end and span.start < b for _, a, b in wide)]
    return sorted(kept + [Span(name, a, b) for name, a, b in wide], key=lambda span: span.start)

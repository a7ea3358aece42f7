"""What the words of a question stand for: numbers, features, values, outcomes, cases, groups and known terms."""

from dataclasses import dataclass

from dialogue.understanding.wording.matching import Mention, mentions
from dialogue.understanding.wording.mistaken import without_mistaken
from dialogue.understanding.wording.nouns import names_a_case, names_a_group, own_nouns
from dialogue.understanding.wording.numbers import numbers
from dialogue.understanding.wording.outcomes import outcome_spans
from dialogue.understanding.wording.shared import shared_name, widened
from dialogue.understanding.wording.spelling import split_compounds, spelt


@dataclass(frozen=True)
class Span:
    """Tokens start to end under one tag; `value` is what the tag's reader needs (a Mention, a Number, a case id)."""

    tag: str
    start: int
    end: int
    value: object = None


@dataclass(frozen=True, eq=False)
class Tagged:
    """A question's tokens and the spans found in them, from left to right, none overlapping."""

    tokens: list
    spans: list

    def text(self, start=0, end=None, spans=None):
        """The delexicalised text of tokens start to end: spans by their tag, other tokens as they are."""
        end = len(self.tokens) if end is None else end
        spans = self.spans if spans is None else spans
        at = {span.start: span for span in spans if span.tag and start <= span.start < end}
        words, place = [], start
        while place < end:
            span = at.get(place)
            words.append(span.tag if span else self.tokens[place].text)
            place = span.end if span else place + 1
        return " ".join(words)


def tag(found, domain, words, outcomes, lexicon):
    """Tokens -> Tagged. `words` is the domain's Vocabulary, `outcomes` its Outcomes."""
    found = split_compounds(spelt(found, words, lexicon.number_words), words)
    counted = numbers(found, lexicon)
    cases = _cases(found, counted, domain, lexicon, words)
    taken = {place for span in cases for place in range(span.start, span.end)}
    taken |= _comparing(found, counted, lexicon) | _degrees(found)
    spans = list(cases)
    named = mentions(found, words, frozenset(taken))
    sure = {
        place
        for m in named
        if m.share > 0.99 and m.end - m.start > 1 and m.kind != "target"
        for place in range(m.start, m.end)
    }
    for start, end, code in outcome_spans(found, outcomes, lexicon, frozenset(taken | sure)):
        spans.append(Span("OUTCOME", start, end, code))
        taken.update(range(start, end))
    named = mentions(found, words, frozenset(taken)) if len(spans) > len(cases) else named
    named = [widened(mention, words) for mention in without_mistaken(named, found, counted, lexicon)]
    for mention in named:
        if mention.kind == "absent" and not _named_absent(mention, found) or _of_all(mention, found, counted, domain):
            continue
        spans.append(Span(mention.kind.upper(), mention.start, mention.end, mention))
        taken.update(range(mention.start, mention.end))
    shared = None if any(span.tag in _NAMING for span in spans) else shared_name(found, taken, words, domain)
    if shared is not None:
        place, names = shared
        options = tuple((name, None) for name in names)
        spans.append(Span("FEATURE", place, place + 1, Mention("feature", place, place + 1, options, 0.0, 0.0)))
        taken.add(place)
    for number in counted:
        end = number.end if not taken & set(range(number.core, number.end)) else number.core
        if not taken & set(range(number.start, end)):
            spans.append(Span("NUM", number.start, end, number))
            taken.update(range(number.start, end))
    spans += _groups(found, taken, domain, lexicon, words, any(span.tag not in ("NUM", "ABSENT") for span in spans))
    return Tagged(found, sorted(spans, key=lambda span: span.start))


def _of_all(mention, found, counted, domain):
    """ "claims from the west", where a case is a claim: the cases, not the amount of one, unless a number follows ("claims over 900")."""
    alone = mention.kind == "feature" and mention.end - mention.start == 1 and mention.share < 0.99
    if not alone or not found[mention.start].text.endswith("s") or (found[mention.start].text,) not in own_nouns(domain):
        return False
    ahead = next((number.start for number in counted if number.start >= mention.end), len(found))
    return not (ahead < len(found) and {token.text for token in found[mention.end : ahead]} <= _HOW_MUCH)


_HOW_MUCH = set("of over under above below more less fewer than at least most worth between for up to exactly about with from".split())


_NAMING = {"FEATURE", "FLAG", "VALUE", "ABSENT"}
_BEFORE_VERB = set("to not would will can could i he she they you did does never always who".split())


def _named_absent(mention, found):
    """What the data do not hold is named word for word; "pay off", "pay back" are no income."""
    stems = {token.stem for token in found[mention.start : mention.end]}
    after = found[mention.end].text if mention.end < len(found) else ""
    before = found[mention.start - 1].text if mention.start else ""
    verb = before in _BEFORE_VERB
    paying = stems == {"pay"} and (verb or after in ("off", "back", "in", "for", "it", "them", "my", "all", "the", "on"))
    return mention.said <= stems and not paying


def _comparing(found, counted, lexicon):
    """Places of comparing words beside a number ("older than 30", "5 or more"), which name no feature by themselves."""
    places = set()
    for number in counted:
        if number.end < len(found) and found[number.end].text in _COMPARATIVE:
            places.add(number.end)
        for length in range(1, 7):
            for skip in (0, 1, 2):
                end = number.start - skip
                if end >= length and tuple(t.text for t in found[end - length : end]) in lexicon.before:
                    places.update(range(end - length, end))
            if tuple(t.text for t in found[number.end : number.end + length]) in lexicon.after:
                places.update(range(number.end, number.end + length))
    return places


def _degrees(found):
    """Places of "higher" in "why not higher", "will it be higher": more of something, no feature's name."""
    return {
        place
        for place, token in enumerate(found)
        if place and token.text in ("higher", "lower") and found[place - 1].text in _BEFORE_DEGREE
    }


_BEFORE_DEGREE = {"not", "be", "much", "any", "even", "get", "go", "it", "is", "was", "were", "been", "become", "or"}
_COMPARATIVE = set("""
    older younger longer shorter higher lower more less bigger smaller fewer cheaper heavier taller
""".split())
_OF_CASE = (
    "number",
    "no",
    "nr",
    "num",
    "#",
    "id",
    "index",
    "with",
    "whose",
    "is",
    "the",
    ".",
    ":",
    "=",
    "of",
    "ident",
    "identifier",
)


def _cases(found, counted, domain, lexicon, words):
    """ "data point 100", "id 100", "#34", "applicant no. 12": a noun for a case, then its name."""
    nouns = lexicon.case_nouns | own_nouns(domain)
    names = domain.frame.index
    plain = {str(name).lower(): str(name) for name in names} if not all(str(n).isdigit() for n in names[:20]) else {}
    by_start = {number.start: number for number in counted if number.unit is None and not number.ordinal}
    spans = []
    for start in range(len(found)):
        length = max(
            (
                len(noun)
                for noun in nouns
                if noun[0] == found[start].text and tuple(t.text for t in found[start : start + len(noun)]) == noun
            ),
            default=0,
        )
        if spans and start < spans[-1].end:
            continue
        if not length and names_a_case(found, start, words, lexicon, domain) and start + 1 in by_start:
            spans.append(Span("CASE", start, start + 2, str(int(by_start[start + 1].value))))
        if not length:
            continue
        place = start + length
        while place < len(found) and place - start - length < 4 and found[place].text in _OF_CASE:
            place += 1
        said = {token.text for token in found[start + length : place]}
        plural = found[place - len(said) - 1].text.endswith("s")
        if said == {"is"} or plural and said and said <= {"with", "of", "whose", "is", "the"}:
            continue  # "the customer is 63", "patients with two or more vessels"
        ordinal = next((n for n in counted if n.ordinal and n.end == start and found[n.start].text.isdigit()), None)
        if ordinal and start and found[start].text in ("instance", "case", "person", "patient", "sample", "row", "record"):
            spans.append(Span("CASE", ordinal.start, start + 1, str(int(ordinal.value))))
            continue
        number = by_start.get(place)
        if number is not None and float(number.value).is_integer() and number.value >= 0:
            spans.append(Span("CASE", start, number.end, str(int(number.value))))
        elif place < len(found) and found[place].text in plain:
            spans.append(Span("CASE", start, place + 1, plain[found[place].text]))
    return spans


def _groups(found, taken, domain, lexicon, words, at_home):
    """Spans of nouns for people and things; unknown ones ("bottles") only where something of the domain is named (at_home)."""
    nouns = lexicon.people | own_nouns(domain)
    spans = []
    for start in range(len(found)):
        for length in (2, 1):
            part = tuple(token.text for token in found[start : start + length])
            places = set(range(start, start + length))
            unknown = length == 1 and at_home and names_a_group(found, start, words, lexicon)
            if not places & taken and (part in nouns or unknown):
                spans.append(Span("GROUP", start, start + length))
                taken |= places
                break
    return spans

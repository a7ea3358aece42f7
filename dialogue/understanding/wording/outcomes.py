"""Which outcome a question names: "a bad credit risk", "not approved", "free of diabetes", "turned down".

Labels are compared with each other: the words that only one has tell the outcomes apart, the words that all share
("credit risk") must stand near where they are needed, and where labels differ in a negation alone ("diabetes",
"no diabetes") the negation in the question decides.
"""

import re
from dataclasses import dataclass, field, replace

from dialogue.understanding.asks.contrast import CONTRAST
from dialogue.understanding.sentence.told import LABELLED, PREDICTED
from dialogue.understanding.wording.text import split_names, stem
from dialogue.understanding.wording.vocabulary import LITTLE, NEGATIVE

_FREE = {"free", "unlikely", "lacking", "absence", "negative"}
_ENDINGS = set("ion ation ulent al er or ment ive ic ous ur anc enc ist".split())
_EMPTY = set("""
    y target class label outcome result output status response prediction loan will to likely unlikely be have
""".split())


@dataclass(frozen=True, eq=False)
class Outcomes:
    """own: stem -> code for words of one outcome; core: stems of a thing that one outcome has and the other lacks.

    with_core, without_core: the codes that the core's presence and absence mean.  strong: stems that stand alone.
    phrases: (stems, code) of several words, the longest first.
    vague: stem -> code for words that name an outcome only behind a word of judging ("predicted ill").
    """

    own: dict
    shared: frozenset
    core: frozenset
    with_core: str | None
    without_core: str | None
    codes: tuple
    strong: frozenset = frozenset()
    phrases: tuple = ()
    vague: dict = field(default_factory=dict)
    named: frozenset = frozenset()

    def form_of(self, stem):
        """The stem of a label that a word is derived from, or that is derived from it: progressed, progression; fraudulent, fraud."""
        if len(stem) < 4 or stem in self.own or stem in self.core:
            return stem
        longer = lambda long, short: len(short) > 3 and long.startswith(short) and long[len(short) :] in _ENDINGS
        return next((name for name in self.named if longer(name, stem) or longer(stem, name)), stem)

    def other(self, code):
        return next((found for found in self.codes if found != code), code) if len(self.codes) == 2 else code


def outcome_words(domain, lexicon):
    """The Outcomes of a domain (empty for a regression)."""
    labels = {code: _words(label) for code, label in domain.outcomes.items()}
    content = {
        code: {
            stem(w)
            for w in words
            if w not in LITTLE | NEGATIVE | _EMPTY and stem(w) not in _EMPTY and not w.isdigit()
        }
        for code, words in labels.items()
    }
    shared = frozenset(set.intersection(*content.values())) if content else frozenset()
    negated = {code for code, words in labels.items() if set(words) & (NEGATIVE | _FREE)}
    own = {}
    for code, stems in content.items():
        for part in stems - shared:
            own[part] = code
            for near in lexicon.outcome_near.get((part,), ()):
                own.setdefault(near[0], code)
    positive = [code for code in labels if code not in negated]
    core, with_core, without = frozenset(), None, None
    if len(labels) == 2:
        if negated and len(negated) == 1:
            with_core, without = positive[0], next(iter(negated))
            core = frozenset(content[with_core])
        elif not any(content.values()) or set(labels) <= {"Y", "N", "yes", "no", "1", "0", "true", "false"} and not own:
            with_core = next((c for c in labels if c.lower() in ("1", "y", "yes", "true")), None)
            without = next((c for c in labels if c != with_core), None)
            core = frozenset(stem(w) for w in _words(domain.file.target) if w not in LITTLE and stem(w) not in _EMPTY)
    if len(labels) == 2 and negated:
        own = {part: code for part, code in own.items() if code not in negated and part not in core} if core else own
    _general(own, domain, lexicon, core)
    strong, phrases, vague = _synonyms(own, domain)
    return Outcomes(
        own,
        shared,
        core,
        with_core,
        without,
        tuple(labels),
        frozenset(strong) | lexicon.favourable | lexicon.unfavourable,
        phrases,
        vague,
        frozenset().union(*content.values(), core),
    )


_VAGUE = {"good", "bad", "high", "low", "safe", "fail", "well", "fine", "ill", "positive", "negative"}


def _synonyms(own, domain):
    """Words that the domain file gives for its outcomes: (single stems, phrases of several, vague stems)."""
    strong, phrases, vague = set(), [], {}
    for code, names in (getattr(domain.file, "outcome_synonyms", None) or {}).items():
        for name in names:
            stems = tuple(stem(word) for word in re.findall(r"[^\W_]+", str(name).lower()))
            if len(stems) == 1 and stems[0] not in _VAGUE:
                own[stems[0]] = str(code)
                strong.add(stems[0])
            elif len(stems) == 1:
                vague[stems[0]] = str(code)
            elif len(stems) > 1:
                phrases.append((stems, str(code)))
    return strong, tuple(sorted(phrases, key=lambda pair: -len(pair[0]))), vague


def _words(label):
    return re.findall(
        r"[^\W_]+", re.sub(r"\(.*?\)", "", split_names(str(label)).lower().replace("_", " ").replace("n't", " not"))
    )


def _general(own, domain, lexicon, core):
    """Approved and rejected mean the favourable outcome and the other one, whatever they are called."""
    good = domain.favourable
    if good is None and len(domain.outcomes) == 2:
        good = next((own[part] for part in own if part in lexicon.favourable), None)
        bad = next((own[part] for part in own if part in lexicon.unfavourable), None)
        if good is None and bad is not None:
            good = next(code for code in domain.outcomes if code != bad)
        if good is None and not core and set(domain.outcomes) <= {"Y", "N", "0", "1", "yes", "no"}:
            good = next((code for code in domain.outcomes if code in ("Y", "1", "yes")), None)
    if good is None or len(domain.outcomes) != 2:
        return
    bad = next(code for code in domain.outcomes if code != good)
    for part in lexicon.favourable:
        own.setdefault(part, good)
    for part in lexicon.unfavourable:
        own.setdefault(part, bad)


def outcome_spans(tokens, words, lexicon, blocked):
    """[(start, end, code)] of the outcomes named, from left to right."""
    found, place = [], 0
    tokens = [replace(token, stem=words.form_of(token.stem)) if token.word else token for token in tokens]
    while place < len(tokens):
        hit = None if place in blocked else _at(tokens, place, words, lexicon)
        if hit:
            start, end, code = hit
            if not set(range(start, end)) & blocked and (not found or start >= found[-1][1]):
                found.append(hit)
                place = end
                continue
        place += 1
    return found


def _at(tokens, place, words, lexicon):
    token = tokens[place]
    if token.text in ("positive", "negative") and place + 1 < len(tokens) and tokens[place + 1].text in ("rate", "rates", "predictive"):
        return None  # a measure: "true positive rate"
    for stems, code in words.phrases:
        if stems[0] == token.stem and tuple(t.stem for t in tokens[place : place + len(stems)]) == stems:
            negated = stems[0] not in ("not", "no") and _negated(tokens, place)
            return place, place + len(stems), words.other(code) if negated else code
    if token.stem == "turn" and place + 1 < len(tokens) and tokens[place + 1].text == "down" and words.codes:
        code = words.own.get("reject")
        return (place, place + 2, code) if code else None
    if token.stem in words.own and token.stem != "turn":
        return _own(tokens, place, words, lexicon)
    if token.stem in words.vague and _judged(tokens, place):
        code = words.vague[token.stem]
        return place, place + 1, words.other(code) if _negated(tokens, place) else code
    if token.stem in words.core:
        return _core(tokens, place, words)
    return None


def _own(tokens, place, words, lexicon):
    code = words.own[tokens[place].stem]
    strong = tokens[place].stem in words.strong
    end, near = place + 1, False
    for ahead in range(place + 1, min(place + 5, len(tokens))):
        if tokens[ahead].stem in words.shared or words.own.get(tokens[ahead].stem) == code:
            end, near = ahead + 1, True
        elif tokens[ahead].text not in LITTLE | {"or", "not"}:
            break
    start = place
    if not near and words.shared:
        for behind in range(place - 1, max(place - 4, -1), -1):
            if tokens[behind].stem in words.shared:
                start, near = behind, True
            elif tokens[behind].text not in LITTLE | {"being", "quite", "very"}:
                break
    if words.shared and not near and not strong and not _contrasted(tokens, words) and not _judged(tokens, place):
        return None
    between = {token.text for token in tokens[place:end]}
    if _negated(tokens, start) and "or" not in between and len(words.codes) == 2:
        return start, end, words.other(code)
    return start, end, code


def _judged(tokens, place):
    """ "predicted ill", "rated as good", "were actually bad": a word of judging before, with only little words between."""
    for behind in range(place - 1, max(place - 5, -1), -1):
        text = tokens[behind].text
        if text in PREDICTED | LABELLED:
            return text not in ("prediction", "predictions", "label", "labels")  # "are your predictions reliable"
        if text not in LITTLE and text not in ("be", "being", "been", "out", "not", "as", "to"):
            return tokens[place].text == "ill" and tokens[place - 1].text in ("are", "is", "were", "was", "be")
    return False


def _contrasted(tokens, words):
    """ "bad rather than good": words of two outcomes set against each other need nothing beside them."""
    said = {words.own[token.stem] for token in tokens if token.stem in words.own}
    return len(said) > 1 and bool(CONTRAST.search(" ".join(token.text for token in tokens)))


def _core(tokens, place, words):
    end, said = place + 1, {tokens[place].stem}
    while end < len(tokens) and (tokens[end].stem in words.core or tokens[end].text in ("the", "a", "of")):
        said.add(tokens[end].stem)
        end += 1
    while tokens[end - 1].text in ("the", "a", "of"):
        end -= 1
    if len(said & words.core) < 0.5 * len(words.core):
        return None
    code = words.without_core if _negated(tokens, place) else words.with_core
    start = place - 1 if place and tokens[place - 1].text in ("no", "not", "non") else place
    return (_with_likely(tokens, start), end, code) if code else None


def _with_likely(tokens, start):
    """Labels such as "(un)likely to have diabetes": the words before belong to the outcome, not to a likelihood."""
    words = [token.text for token in tokens[max(0, start - 5) : start]]
    for likely in ("unlikely", "likely"):
        if likely in words:
            place = start - words[::-1].index(likely) - 1
            between = {token.text for token in tokens[place + 1 : start]}
            before = {token.text for token in tokens[max(0, place - 3) : place]}
            if between <= {"to", "have", "be", "develop", "get", "of", "a"} and (
                likely == "unlikely" or (before & _NAMING or _tells(tokens, place))
                and not before & {"how", "more", "less"}
            ):
                return place - 1 if likely == "likely" and place and tokens[place - 1].text == "not" else place
    return start


def _tells(tokens, place):
    """Behind "whether", or behind "if" and a verb of judging: "decide if people over 50 are likely to have it"."""
    words = [token.text for token in tokens[max(0, place - 14) : place]]
    judging = {"determin", "decid", "predict", "judg", "tell", "know", "assess", "estimat", "classify", "classifi"}
    return "whether" in words or any(
        word == "if" and spot and tokens[max(0, place - 14) + spot - 1].stem in judging for spot, word in enumerate(words)
    )


_NAMING = set("""
    predicted labeled labelled label classified as predict predicts categorized considered deemed judged rated not
    flagged being become marked seen
""".split())


def _negated(tokens, start):
    """A negation within four words before, with only verbs and little words between."""
    for behind in range(start - 1, max(start - 6, -1), -1):
        text = tokens[behind].text
        if text in ("no", "not", "non", "without", "never", "free", "unlikely"):
            return True
        if text not in LITTLE | {
            "being",
            "having",
            "get",
            "getting",
            "develop",
            "likely",
            "-",
            "been",
            "will",
            "going",
            "would",
            "of",
            "a",
            "any",
            "considered",
            "rated",
            "classified",
            "predicted",
            "seen",
            "become",
            "as",
        }:
            return False
    return False

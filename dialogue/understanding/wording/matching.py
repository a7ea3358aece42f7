"""Which features, values and outcomes a question names: words to phrases, with inflections, typos and near words."""

from dataclasses import dataclass

from dialogue.understanding.wording.mistaken import without_things
from dialogue.understanding.wording.near import joined, near_spelling, part_of_name
from dialogue.understanding.wording.spelling import USUAL
from dialogue.understanding.wording.vocabulary import GENERIC, LITTLE, NEGATIVE

ENOUGH = 0.45  # share of a phrase's weight that has to be said
_NOT_SINGLE = set("most thing factor feature reason change biggest best step one value number".split())
_VAGUE = set("""
    earlier later previous situation share part date money little much long far own state
    officer together past present former current usual normal whole free open other others same different sure real
    check checked percentage percentages drop drops dropped rise rises fall falls fell cut raise raised lower higher set change
""".split())
_APART = {"had", "has", "have", "was", "were", "did", "does"}  # verbs stand between two names, not in one
GAP = 2  # little words that may stand between the words of one phrase


@dataclass(frozen=True)
class Mention:
    """Tokens start to end name `options` ((feature, value) pairs); more than one: they fit equally well.

    kind: feature | value | flag (a yes/no feature) | outcome | target.  said: stems of the phrase that were found.
    """

    kind: str
    start: int
    end: int
    options: tuple
    weight: float
    share: float
    negative: bool = False
    said: frozenset = frozenset()
    value: tuple = ()


def senses(tokens, vocabulary):
    """For each token: {domain stem: (likeness, number of tokens used)}."""
    found = []
    for place, token in enumerate(tokens):
        table = {}
        if token.word or token.text.isdigit():
            if token.stem in vocabulary.stems:
                table[token.stem] = (1.0, 1)
            table.update(_number_in_name(tokens, place, vocabulary))
            for other, likeness in vocabulary.near.get(token.stem, {}).items():
                table.setdefault(other, (likeness, 1))
            if not table and token.word and token.text not in vocabulary.plain:
                table.update(near_spelling(token, vocabulary))
        joined(tokens, place, vocabulary, table)
        if not table and token.word:
            table.update(part_of_name(tokens, place, vocabulary))
        for member, others in vocabulary.multi.items():
            if token.stem == member[0] and tuple(t.stem for t in tokens[place : place + len(member)]) == member:
                for other in others:
                    if other not in member:
                        table[other] = (0.9, len(member))
        found.append(table)
    return found


_DIGIT_WORDS = {"1": "one", "2": "two", "3": "thre", "4": "four", "5": "five"}  # as stems


def _number_in_name(tokens, place, vocabulary):
    """ "2 year contract", where the domain has a two year contract."""
    said = _DIGIT_WORDS.get(tokens[place].text)
    after = {token.stem for token in tokens[place + 1 : place + 3]}
    named = any(len(after & set(vocabulary.phrases[spot].stems)) > 1 for spot in vocabulary.holding.get(said, ()))
    return {said: (0.9, 1)} if named else {}


def mentions(tokens, vocabulary, blocked=frozenset()):
    """Non-overlapping Mentions, the best first kept; `blocked` are token places that mean something else."""
    table = senses(tokens, vocabulary)
    found = [
        match
        for place in range(len(tokens))
        if place not in blocked
        for match in _from(place, tokens, table, vocabulary, blocked)
    ]
    denied = lambda start: any(token.text in NEGATIVE for token in tokens[max(0, start - 3) : start])
    plain = {(start, end) for phrase, start, end, *_ in found if not phrase.negative}
    found = [match for match in found if not match[0].negative or denied(match[1]) or match[1:3] not in plain]
    return without_things(_chosen(found, tokens, vocabulary), tokens, vocabulary)


def _from(start, tokens, table, vocabulary, blocked):
    """Phrases whose first said word stands at `start`."""
    candidates = {place for sense in table[start] for place in vocabulary.holding[sense]}
    if tokens[start].text == "single" and start + 1 < len(tokens) and tokens[start + 1].text in _NOT_SINGLE:
        return
    for place in candidates:
        phrase = vocabulary.phrases[place]
        said, end, weight = _walk(start, tokens, table, phrase, blocked)
        share = weight / phrase.total
        if phrase.whole and (share < 0.8 or tuple(said) != phrase.stems):
            continue
        distinct = [part for part in said if part not in GENERIC and part not in vocabulary.people]
        if (
            (len(said) == 1 or phrase.kind == "value" or not phrase.own)
            and max(table[start].get(part, (0.0,))[0] for part in said) < 1.0
            and any(likeness == 1.0 for likeness, _ in table[start].values())
        ):
            continue
        if (
            end - start == 1
            and not (phrase.own and share > 0.99)
            and vocabulary.usual.get(tokens[start].text, 0) >= USUAL
            and not _quantity(phrase, said, vocabulary)
            and not (phrase.kind == "feature" and _as_thing(tokens, start, share > 0.99, set(phrase.stems) - set(said)))
            and not (phrase.own and _the_near(tokens, start, table, said))
            and not (phrase.kind == "value" and _beside_own(phrase, tokens, start, vocabulary))
        ):
            continue
        if share < 0.99 and phrase.kind == "absent":
            continue
        if len(said) == 1 and share < 0.99 and _vague(tokens[start], phrase, share, vocabulary):
            continue
        if (
            share >= ENOUGH
            and (share > 0.99 or distinct and _few(said, vocabulary))
            or _quantity(phrase, said, vocabulary)
            or phrase.own and phrase.stems[0] in said and _as_much(tokens, start)
            or phrase.own and said.keys() == {"amount"} and _the_amount(tokens, start, blocked, vocabulary)
            or phrase.own and len(said) > 1 and tuple(said) == phrase.stems[: len(said)] and _alone(said, vocabulary)
        ):
            ordered = 0.03 if len(said) > 1 and tuple(said) == phrase.stems else 0.0  # "own a house" before "a house owned"
            yield phrase, start, end, weight + (0.05 if phrase.own and share > 0.99 else ordered), share, frozenset(said)


def _the_near(tokens, place, table, said):
    """ "the price", where the domain has charges: a word for one of its features, which is not said of the model."""
    likeness = max(table[place].get(part, (0.0,))[0] for part in said)
    return place > 0 and tokens[place - 1].text == "the" and 0.0 < likeness < 1.0


def _beside_own(phrase, tokens, place, vocabulary):
    """ "high supervision", "risk level is low": a common word that is a value, right beside the name of its own feature."""
    own = {part for part, names in vocabulary.owners.items() if phrase.feature in names and part not in GENERIC}
    before = [token.stem for token in tokens[max(0, place - 3) : place] if token.text not in LITTLE and token.stem not in GENERIC]
    return place + 1 < len(tokens) and tokens[place + 1].stem in own or before[-1:] != [] and before[-1] in own


_SO_MUCH = {"by", "of", "to", "was", "were", "from", "under", "below", "above"}


def _as_thing(tokens, place, whole, rest):
    """A common word used as a thing's name: "the term by a year", "my account is", "the phone thing", "too old"."""
    before, after = (tokens[place - 1].text if place else ""), (tokens[place + 1].text if place + 1 < len(tokens) else "")
    if _as_much(tokens, place):
        return True
    if rest <= COUNTING and (before in ("more", "fewer", "less", "additional") or before[:1].isdigit()):
        return True
    return whole and (
        before in ("the", "a", *_OWNERS) and after in _SO_MUCH
        or after in ("thing", "part", "bit")
        or before == "too"
        or before in _OWNERS and tokens[place].text not in _ADJECTIVES
        or before in ("bad", "good", "other", "no") and len(tokens) < 4
    )


_OWNERS = ("my", "his", "her", "their")
_ADJECTIVES = set("old small high low big long fair open even free other late".split())


def _as_much(tokens, place):
    return place > 1 and (tokens[place - 2].text, tokens[place - 1].text) in (("as", "much"), ("as", "many"), ("times", "the"))


COUNTING = {"num", "number", "count", "n", "many", "total"}


def _vague(token, phrase, share, vocabulary):
    """A common word, or one that outcomes are named by, which alone stands for no longer name: date, share, repay."""
    return token.text in _VAGUE or not phrase.own and (share < 0.6 or token.stem in vocabulary.of_outcomes)


def _quantity(phrase, said, vocabulary):
    """ "the loan" for the loan amount: the thing itself, where many features are about it and one says how much."""
    rest = set(phrase.stems) - set(said)
    return (
        len(said) == 1
        and phrase.own
        and rest
        and rest <= {"amount", "siz", "size", "sum", "price"}
        and len(phrase.stems) == 2
        and len(vocabulary.owners[next(iter(said))]) > 1
    )


def _the_amount(tokens, place, blocked, vocabulary):
    """ "the amount of loan 12", "lower the amount": the one feature that is an amount."""
    owned = place > 0 and tokens[place - 1].text in ("the", "its", *_OWNERS)
    counts = place + 1 < len(tokens) and tokens[place + 1].text == "of" and place + 2 not in blocked
    return owned and not counts and len(vocabulary.owners["amount"]) == 1


def _alone(said, vocabulary):
    """Words that no other feature's name begins with: "family history" of a family history of kidney disease."""
    return len(frozenset.intersection(*(vocabulary.owners[part] for part in said))) == 1


def _few(said, vocabulary):
    """Words that together belong to at most three features: "savings" may be asked back, "loan" is too wide."""
    return len(frozenset.intersection(*(vocabulary.owners[part] for part in said))) <= 3


def _walk(start, tokens, table, phrase, blocked):
    """Go right from `start` as long as words of the phrase (or little words between them) follow."""
    weights = dict(zip(phrase.stems, phrase.weights))
    said, weight, end, place, gap = {}, 0.0, start, start, 0
    while place < len(tokens) and gap <= GAP and place not in blocked:
        hits = [
            (likeness * weights[part], part, used)
            for part, (likeness, used) in table[place].items()
            if part in weights and part not in said
        ]
        if hits:
            value, part, used = max(hits)
            said[part], weight = value, weight + value
            place += used
            end, gap = place, 0
        elif tokens[place].text in LITTLE - _APART or tokens[place].text in ("-", "'"):
            place, gap = place + 1, gap + 1
        else:
            break
    return said, end, weight


def _means_target(token, vocabulary):
    """ "what mark will it be", where several features are marks, and so is what is predicted."""
    stems = {part for phrase in vocabulary.phrases if phrase.kind == "target" for part in phrase.stems}
    return token.stem in stems or bool(stems & set(vocabulary.near.get(token.stem, ())))


def _chosen(found, tokens, vocabulary):
    """The best matches first; equally good ones of different features become one Mention with several options."""
    order = sorted(found, key=lambda m: (-round(m[3], 3), -round(m[4], 3), m[2] - m[1], m[1]))
    taken, kept = set(), []
    for phrase, start, end, weight, share, said in order:
        if any(place in taken for place in range(start, end)):
            continue
        rivals = [
            other
            for other in order
            if other[1] == start and other[2] == end and abs(other[3] - weight) < 0.02 and other[5] == said
        ]
        best = max(other[4] for other in rivals)
        rivals = [other for other in rivals if other[4] > best - 0.12]
        valued = {other[0].feature for other in rivals if other[0].kind == "value"}
        rivals = [
            other for other in rivals if other[0].kind != "feature" or other[0].own or other[0].feature not in valued
        ]
        told = {other[0].feature for other in rivals if other[0].kind == "value" and not other[0].negative}
        if not phrase.negative:  # "guarantor" is the value so called, not "no guarantor"
            rivals = [
                other
                for other in rivals
                if other[0].kind != "value" or not other[0].negative or other[0].feature not in told
            ]
        options = tuple(dict.fromkeys((other[0].feature, other[0].value) for other in rivals))
        kind = rivals[0][0].kind
        verb = tuple(pair for pair in options if pair[1] is not None) if end - start == 1 else ()
        if len(options) > 1 and len({name for name, _ in options}) == 1:
            kind, options = "feature", ((options[0][0], None),)
        elif any(other[0].kind == "feature" for other in rivals) and kind == "value":
            kind = "feature"
        if kind == "feature":
            options = tuple(dict.fromkeys((name, None) for name, value in options if value is None)) or tuple(
                (n, None) for n, _ in options
            )
        taken.update(range(start, end))
        if kind == "feature" and len(options) > 1 and share < 0.8 and end - start == 1 and _means_target(tokens[start], vocabulary):
            kind, options = "target", ((None, None),)
        negative = phrase.negative and phrase.feature in {name for name, _ in options}
        kept.append(Mention(kind, start, end, options, weight, share, negative, said, verb if kind == "feature" else ()))
    return sorted(kept, key=lambda mention: mention.start)

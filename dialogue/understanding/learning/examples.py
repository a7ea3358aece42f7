"""Example questions, `dialogue/languages/<code>/examples/*.yaml`: what the classifier learns from.

A file is a list of {query: Query as JSON with slots, texts: [questions with slots]}. Slots: {id} a case; {feature} and
{other} two features; {amount} a number feature with {n} in its range; {category} with {value}; {flag} a yes/no feature;
{good}, {bad}, {outcome} outcomes; {cases}, {one} the domain's words for cases.
"""

import random
import re
from dataclasses import dataclass
from functools import lru_cache

from dialogue.understanding.wording.lexicon import LANGUAGES, read_yaml

REFUSED = "refused"  # kind that the classifier learns for what is not served
UNCLEAR = "unclear"
_SLOT = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True)
class Example:
    """One question with slots, the Query (JSON) it means, and the file it stands in."""

    text: str
    query: dict
    file: str

    @property
    def kinds(self):
        """Kinds asked; refused and unclear count as kinds here."""
        status = self.query.get("status", "understood")
        if status in ("unsupported", "unclear"):
            return (REFUSED if status == "unsupported" else UNCLEAR,)
        return tuple(ask["kind"] for ask in self.query.get("asks", ()))


def load_examples(language):
    """All Examples of a language, in the order of files and texts."""
    found = []
    for path in sorted((LANGUAGES / language / "examples").glob("*.yaml")):
        for entry in read_yaml(path) or ():
            found += [Example(text, entry["query"], path.stem) for text in entry["texts"]]
    return found


def fill(example, domain, seed):
    """(text, Query as JSON) with the slots filled from a domain; None where the domain has nothing for a slot."""
    words = _choices(
        domain, random.Random(f"{seed} {example.text}"), set(_SLOT.findall(example.text + str(example.query)))
    )
    if words is None:
        return None
    text = _SLOT.sub(lambda match: str(words[match[1]][0]), example.text)
    return text, _filled(example.query, words)


def _choices(domain, rng, slots):
    """slot -> (words in a text, name or code in a Query)."""
    features = list(domain.features.values())
    of = lambda kind: [f for f in features if f.type == kind and not (kind == "yes_no" and re.search(r"\d", f.label))]
    number, flags = of("number"), of("yes_no")
    named = [f for f in of("category") if any(not re.fullmatch(r"[\d.-]+", name) for name in f.values.values())]
    plain = [f for f in features if not re.search(r"\d", f.label)]
    lacking = (
        ("amount" in slots and not number) or ("flag" in slots and not flags) or ("category" in slots and not named)
    )
    if lacking or len(plain) < 3 or ({"good", "bad", "outcome"} & slots and len(domain.outcomes) != 2):
        return None
    words = {}
    amount = rng.choice(number) if number else None
    if amount is not None:
        words["amount"] = (amount.label, amount.name)
        value = rng.uniform(amount.low, amount.high)
        value = round(value) if amount.whole or amount.high - amount.low > 20 else round(value, 1)
        words["n"] = (value, value)
    if named:
        category = rng.choice(named)
        code = rng.choice([c for c, name in category.values.items() if not re.fullmatch(r"[\d.-]+", name)])
        words["category"], words["value"] = (category.label, category.name), (category.values[code], code)
    if flags:
        flag = rng.choice(flags)
        words["flag"] = (flag.label, flag.name)
    used = {name for _, name in words.values()}
    rest = [f for f in plain if f.name not in used] or plain
    one, two = rng.sample(rest, 2) if len(rest) > 1 else rng.sample(plain, 2)
    words["feature"], words["other"] = (one.label, one.name), (two.label, two.name)
    if len(domain.outcomes) == 2:
        good = domain.favourable or next(iter(domain.outcomes))
        bad = next(code for code in domain.outcomes if code != good)
        words["good"], words["bad"] = (domain.outcomes[good], good), (domain.outcomes[bad], bad)
        words["outcome"] = words[rng.choice(["good", "bad"])]
    case = str(rng.choice(_case_ids(domain)))
    words["id"], words["one"], words["cases"] = (case, case), (domain.file.case[0],) * 2, (domain.file.case[1],) * 2
    return words


@lru_cache(maxsize=16)
def _case_ids(domain):
    return list(domain.cases.index)


def _filled(value, words):
    if isinstance(value, dict):
        return {_filled(key, words): _filled(part, words) for key, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, words) for part in value]
    if isinstance(value, str):
        whole = _SLOT.fullmatch(value)
        if whole:
            return words[whole[1]][1]
        return _SLOT.sub(lambda match: str(words[match[1]][1]), value)
    return value

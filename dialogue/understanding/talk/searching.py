"""What is said after a search for changes: what must stay, how far, how many, like which option, which value is wanted."""

import re

from dialogue.understanding.asks.options import limits, options
from dialogue.understanding.asks.context import Context
from dialogue.understanding.asks.target import values
from dialogue.understanding.talk.amounts import of_size
from explainers.types import Ask, Change, Query, Subject

# Words that link a fragment to what was said before and ask nothing themselves.
LINKS = set("""
    and but or so now also then ok okay with for the a my its his her their if only just even it is were was be
    on of to in same well as too please instead rather say try at that this those these them i we had have has
    there here not no without um no, yes hm more less lower higher again maybe perhaps ? . ! , - make made us
    take one all who are among amongst within being which
""".split())
LIMITING = re.compile(
    r"\b(?:without|only|not|nothing|just|at most|max|maximum|no more than|keep|leave|except|must|has to|have to|stay|fixed|same"
    r"|can not|do not|rather not|no|stays|remains?|change|changes|alone|besides|anything|else|above|below|"
    r"between|touch|possible|more|something|other|different|so that|single|one thing|unlike|like|instead|least|afford)\b"
)
_ELSE = re.compile(r"^(?:and |ok |so |or )*(?:is there |are there |show me )?(?:(?:anything|something|what|nothing) else"
    r"|(?:an? |any )?(?:more )?(?:easier|simpler|other|another|better|cheaper|different|further|more)"
    r" (?:ways?|options?|solutions?|ideas?|suggestions?|possibilit\w+|alternatives?)|none of (?:these|those|them))(?: please)?"
    r"(?: (?:is|are|will|would|i (?:can|could)) (?:\w+ ?){1,4}| works?(?: for me)?)?(?: [?.!])*$")
_ASKING = re.compile(r"^(?:and |but |so )?(?:what|why|how|did|does|is|are|show me the|which|who|was|were)\b(?! about without)")
_OTHERS = re.compile(r"\b(?:something|another|other|others|different|not possible|else)\b")
# "The amount may change after all": a limit is lifted, which is a revision.
LIFTING = re.compile(
    r"\b(?:can|could|may|might|able to|allowed to|willing to|possible to|ok to|okay to|fine to)\b.*\b(?:after all|again|now|anyway)\b"
    r"|\b(?:forget|lift|drop|remove|ignore|no) (?:\w+ ){0,3}(?:limits?|restrictions?|constraints?|conditions?)\b"
)
_NOT_LIMITING = {"level", "language", "greet", "thanks", "bye", "help", "define", "human_review", "letter", "rights"}
_PLACES = ("first", "second", "third", "fourth", "fifth")
_NUMBERS = ("one", "two", "three", "four", "five")
_OPTION = re.compile(
    rf"\b(?:option|suggestion|number|proposal|alternative|version|idea|way|variant)s? (?:number |no )?(\d|{'|'.join(_NUMBERS)})\b"
    rf"|\b({'|'.join(_PLACES)}|last)(?: (?:option|suggestion|one|proposal|alternative|version|idea|way|variant))?\b|^(?:not )?# ?(\d)\b"
)
_UNKNOWN = re.compile(
    r"\b(?:without (?:changing|touching|altering|using|a change (?:to|in|of))|(?:do not|can not|not|never) (?:change|touch|alter))"
    r" (?:the|my|his|her|their|our)? ?([a-z]{3,})(?: (?:please))?(?: [.!?])*$"
)
_ONLY_UNKNOWN = re.compile(
    r"\b(?:(?:only|just) (?:be able to )?(?:change|alter|touch|influence)|(?:change|alter|touch|influence) (?:only|just|nothing but)"
    r"|by changing(?: only| just)?) (?:the|my|his|her|their|our) ([a-z]{3,})(?= [.,!?]|$)"
)
_MANY = re.compile(
    r"\b(?:no limit|any number|as many|more than (?:one|two|NUM)|several|how many|number)\b.*\b(?:changes?|things)\b"
    r"|\b(?:changes?|things) (?:as|than) (?:needed|you like|necessary)\b"
)
_UNKNOWN_AFTER = re.compile(
    r"^(?:and |but |or |so )*(?:nothing (?:with|about|on)|leave|keep|only|except|besides|apart from|without|not) (?:the|my"
    r"|his|her|their|our)"
    r" ([a-z]{3,})(?: (?:alone|fixed|as it is|unchanged|please))?(?: [.!?])*$"
)
_NO_NAME = set("""
    anything it that this them these those much many more less else everything things thing one ones all some same
    changes change option options what small little possible realistic please money now then both either value values
    too so that fewer way first second third last others other mine yours important score result answer model you me
    reasons positive negative small big cheap easy him her them us you everybody everyone question case person point
""".split())
_POINTS = set("""
    at least points point about more would enough fine do need want like only already than over get say reach until up marks mark
    by most under below between better worse
""".split())


def searched(memory):
    """Were options looked for just now?"""
    return bool(memory.asks) and memory.asks[0].kind == "counterfactual"


def continues_search(text, memory):
    """A limit said after options were searched ("nothing with the price")."""
    return searched(memory) and (bool(LIMITING.search(text)) and ("FEATURE" in text or "COND" in text) or bool(_MODAL.search(text)))


_MODAL = re.compile(r"\b(?:must|has to|have to|need to|can not|should)\b.*\bCOND\b|^(?:and |but |so |with |or )*(?:the |my "
    r"|his |her )?COND\b")


def named_option(structure, memory):
    """Number of an option that was shown and is spoken of ("the second one", "number 2"), counted from 1; else None."""
    found = _OPTION.search(structure.words())
    if not found or not memory.options:
        return None
    said = next(part for part in found.groups() if part)
    place = (
        int(said) if said.isdigit()
        else len(memory.options) if said == "last"
        else (_PLACES if said in _PLACES else _NUMBERS).index(said) + 1
    )
    return place if 1 <= place <= len(memory.options) else None


def after_search(structure, kinds, memory, domain):
    """The Query of what continues a search; None where the question says something of its own."""
    option = _option(structure, kinds, memory)
    if option is not None or not searched(memory):
        return option
    wanted = _wanted_value(structure, memory, domain)
    if wanted is not None:
        return _search({"target": wanted})
    text = structure.text()
    if _ELSE.search(text):
        return _search({})
    if (memory.limits or {}).get("at_most") and _MANY.search(text) and not _ASKING.search(text):
        return Query(asks=(Ask("revise", {"drop": "at_most"}),))
    if kinds & _NOT_LIMITING or len(text.split()) > 14 or LIFTING.search(text) or _ASKING.search(text) or structure.case is not None:
        return None
    if not LIMITING.search(text) and not _MODAL.search(text):
        return None
    found = options_after_search(structure, memory, domain)
    return _search(found) if found or _OTHERS.search(text) else None


def _search(found):
    return Query(subject=Subject(previous=True), asks=(Ask("counterfactual", found),))


def _option(structure, kinds, memory):
    """An option that was shown: other ones than that, or the case as it were with that ("is the second one sure?")."""
    place = named_option(structure, memory)
    if place is None:
        return None
    text = structure.words()
    if re.search(r"\b(?:nothing like|not|unlike|anything but|other than|different from|instead of|rather than|no)\b", text) and (
        len(text.split()) < 8 and not re.search(r"\b(?:why|how|what)\b", text)
    ):
        return _search({"unlike": place})
    supposed = re.search(r"\b(?:if|try|take|took|do|did|choose|chose|with|go for|went for|would|apply)\b", text)
    if not re.search(r"\bif\b", text) and re.search(r"\b(?:go for|prefer|choose|like|take|sounds|looks)\b", text) and "why" not in kinds:
        return _search({"like": place})
    about = kinds & {"likelihood", "why", "robustness", "path", "keep"}
    if not (about or supposed and kinds & {"prediction", "again", "counterfactual", "more", "unclear", "refused"} and "like" not in text):
        return None
    changes = tuple(Change(part["feature"], "to", part["to"]) for part in memory.options[place - 1])
    if not about and not re.search(r"\b(?:if|try|take|do|with)\b", text):
        return None
    return Query(subject=Subject(previous=True), changes=changes, asks=(Ask(min(about) if about else "prediction"),))


def _wanted_value(structure, memory, domain):
    """ "At least 12 points", "and 14?" after a search for another value of a regression: the value that is wanted."""
    words = [token.text for token in structure.tagged.tokens if token.word]
    numbers = structure.numbers()
    if not domain.regression or len(numbers) != 1 or len(words) > 6 or structure.mentions or structure.statements:
        return None
    wanted, asked = values(structure, numbers, structure.text(), domain), memory.asks[0].get("target")
    value = numbers[0].value.value
    if re.search(r"\b(?:for|case|number) \d", structure.words()) or not set(words) <= LINKS | _POINTS | {"what", "how"}:
        return None
    return wanted if asked is None or "by" in wanted or _reachable(value, domain) or str(value) not in domain.frame.index else None


def _reachable(value, domain):
    """Does the value lie where those of the domain do?"""
    low, high = float(domain.cases_target.min()), float(domain.cases_target.max())
    return low - (high - low) / 2 <= value <= high + (high - low) / 2


def options_after_search(structure, memory, domain):
    """Options of a counterfactual that a follow-up sets, conditions included."""
    context = Context(domain, {}, None, domain.favourable, memory)
    found = options("counterfactual", structure, 0, len(structure.tagged.tokens), structure.text(), context)
    said = limits(structure) + [
        {"feature": c.feature, "is": "=", "value": c.value} for c in structure.changes(domain) if c.how == "to" and c.feature
    ]
    left = _left_out(structure, said)
    if left:
        found["without"] = list(dict.fromkeys([*found.get("without", ()), *left]))
    said = [limit for limit in said if limit["feature"] not in found.get("without", ())] or _nameless(structure, found, memory, domain)
    return {**found, "limits": said} if said else found


def _left_out(structure, said):
    """ "Without the amount": no amount of zero is meant, but that it stays."""
    without = re.search(r"\b(?:without|nothing with|not with)\b", structure.words())
    return [limit["feature"] for limit in said if without and limit["is"] == "=" and limit["value"] in (0, False)]


_LOW, _HIGH = re.compile(r"\b(?:at least|(?:keep|stay|must|has to|have to)\b.*\b(?:above|over)|not (?:below|under|less than)"
    r"|no less than|minimum)\b"), re.compile(
    r"\b(?:at most|(?:keep|stay|must|has to|have to)\b.*\b(?:under|below|within)|not (?:above|over|more than)|no more than"
    r"|maximum|up to)\b"
)


def _nameless(structure, found, memory, domain):
    """ "I need at least 3,000": a bound whose number can be of one feature only."""
    numbers = structure.numbers()
    sign = ">=" if _LOW.search(structure.words()) else "<=" if _HIGH.search(structure.words()) else None
    if found or structure.statements or len(numbers) != 1 or sign is None:
        return []
    alone = memory.asks[0].get("only") or ()
    name = alone[0] if len(alone) == 1 else of_size(numbers[0].value.value, domain, "to")
    return [{"feature": name, "is": sign, "value": numbers[0].value.value}] if name else []


def unknown_limit(structure, kinds, memory):
    """ "Without changing the flibber": the word where something is to stay that nothing here is called; else None."""
    if kinds != {"counterfactual"} and not searched(memory):
        return None
    text = structure.text()
    found = _UNKNOWN.search(text) or _ONLY_UNKNOWN.search(text) or searched(memory) and _UNKNOWN_AFTER.search(text)
    return found[1] if found and found[1] not in _NO_NAME else None

"""The options of a counterfactual: what must stay, what alone may change, how many changes, which outcome, like which option."""

import re

from dialogue.understanding.asks.target import target
from dialogue.understanding.sentence.roles import BARE


def counterfactual(structure, start, end, text, context):
    """Options of a counterfactual asked between the tokens `start` and `end`, in the words of `text`."""
    found = {}
    fixed, free = _kept_and_free(structure, start, end, text)
    if fixed:
        found["without"] = list(dict.fromkeys(fixed))
    if free:
        found["only"] = list(dict.fromkeys(name for name in free if name not in fixed))
    _at_most(found, structure, start, end, text)
    for statement, role in structure.statements:
        if (
            statement.form in ("value", "flag")
            and start <= structure.row[statement.start].start < end
            and (
                any(item.text in ("without", "no") for item in structure.row[max(0, statement.start - 2) : statement.start + 1])
                or _NOT_THE.search(structure.words(structure.row[statement.start].start, structure.row[statement.end - 1].end))
            )
        ):
            found["without"] = list(dict.fromkeys([*found.get("without", ()), statement.options[0]]))
    _shown(found, structure, start, end, text)
    shown = len(context.memory.options) if context.memory is not None else 0
    if shown and "unlike" not in found and "like" not in found and _OTHERS.search(text):
        found["unlike"] = list(range(1, shown + 1))
    wanted = target(structure, start, end, text, context)
    if wanted:
        found["target"] = wanted
    return found


# "Not the checking account": that it stays, while "no checking account" is one of its values.
_NOT_THE = re.compile(r"^not (?:the|my|his|her|their|our|its)\b")
_OTHERS = re.compile(
    r"\b(?:something|anything) else\b|\bnot possible\b|\b(?:other|different|more|further|another) (?:options?|ways?|ideas?"
    r"|suggestions?|possibilit\w+)\b"
    r"|\bsomething different\b|\bnone of (?:these|those|them)\b"
)
_FIXED_BEFORE = re.compile(
    r"\b(?:without (?:changing|touching|altering|a change (?:to|in|of)|any change (?:to|in)|using"
    r"|asking for|lowering|raising|reducing|increasing"
    r"|cutting|giving up|losing|a discount on|giving)?(?: less| more| any| lower| higher)?|not(?: (?:change|touch"
    r"|alter|involve|include|use|about|the|my|to change))*|except(?: for)?|besides|other than|apart from|"
    r"leav(?:e|ing)|keep(?:ing)?|fix(?:ing)?|hold(?:ing)?|can not (?:change|alter|touch|do anything about"
    r"|lower|raise|reduce|increase|improve"
    r"|move|influence|affect)|(?:would )?rather not(?: (?:change|touch|alter))?|do not want(?: to)?|can not|do not"
    r" (?:change|touch|want to change|alter|include)|never|ignor(?:e|ing)|instead of(?: changing)?"
    r"|no(?:thing| ideas?| changes?) (?:with|about|on|to|that|which)"
    r"|no change (?:to|in|of)|"
    r"touch(?:es|ing)?|rather than|but|anything but|excluding|same|unable to change|stuck with|rule out|leave out|no|neither|nor)(?: \w+)?"
    r"(?: (?:the|my|his|her|an?|any|another|more|our|their))*$"
)
_FIXED_AFTER = re.compile(
    r"^(?:\w+ ){1,5}(?:fixed|frozen|immutable|locked|constant|unchanged"
    r"|the same|as it is|as is|alone$|untouched|can not (?:be )?(?:change\w*|altered)"
    r"|can not$|can not(?: [.!])+$"
    r"|is (?:not possible|fixed|out)|not possible|stays?|remains?|staying|out of the question|must (?:stay|not|remain)|off the"
    r" table|not an option|should stay|impossible|is given|cannot)\b"
)
_FREE_BEFORE = re.compile(
    r"\b(?:only|just|solely|purely|merely|nothing but)(?: \w+){0,2}(?: the| my| his| her)?$|\b(?:only|just) (?:by )?(?:change"
    r"|changing|with|through|via|touching)(?: \w+)?$"
)
_FREE_AFTER = re.compile(r"^(?:\w+ ){1,4}(?:alone|only|by itself|and nothing else|on its own|can change)\b")


# "By changing just one thing" says how many things, not which.
_SO_MANY = re.compile(
    r"\b(?:only|just) (?:(?:by|through|with) )?(?:(?:changing|change) )?(?:a |an )?(?:single|one|two|three|NUM|small)\b"
)


def _kept_and_free(structure, start, end, text):
    """(features that must stay, features that alone may change), each as named."""
    fixed, free, row = [], [], structure.row
    alone = re.search(r"\bonly\b|\balone\b|\bjust\b", _SO_MANY.sub("", text))
    for place, names in structure.mentions + [(row[s.start].start, s.options) for s, role in structure.statements if role == BARE]:
        if not start <= place < end:
            continue
        before = " ".join(token.text for token in structure.tagged.tokens[max(start, place - 6) : place])
        after = " ".join(token.text for token in structure.tagged.tokens[place : min(end, place + 9)])
        if (
            _FIXED_BEFORE.search(before)
            or _FIXED_AFTER.search(after)
            or fixed
            and re.search(r"^(?:.* )?(?:and|or|nor|,)(?: (?:my|the))?$", before)
        ):
            fixed.extend(structure.meant(names))
        elif _FREE_BEFORE.search(before) or _FREE_AFTER.search(after) or alone:
            free.extend(structure.meant(names))
        elif re.search(
            r"\b(?:change|changing|alter|altering|adjust|adjusting|by|with|to|improve|raise|lower|reduce|increase|my|via"
            r"|through|using)(?: \w+)?$"
            r"|\b(?:change|changed|changing|different|done|do|altered) (?:about|in|on|at)(?: (?:the|my|his|her))?$",
            before,
        ):
            free.extend(structure.meant(names))
    return fixed, free


def _at_most(found, structure, start, end, text):
    """How many changes there may be, where that is said."""
    limit = re.search(
        r"\b(?:at most|no more than|maximum of|max|only|just|within|up to|fewer than|with|by changing|single|in) (?:a |an"
        r" )?(?:single )?(NUM|one|a|single|two|three)? ?"
        r"(?:single )?(?:changes?|features?|things?|factors?|steps?|values?|adjustments?|variables?|modifications?|items?)\b",
        text,
    )
    if limit and (limit[1] or "single" in limit[0] or re.search(r"^(?:at most|no more than|max|up to) an? ", limit[0])):
        number = {"one": 1, "a": 1, "single": 1, "two": 2, "three": 3, None: 1}.get(limit[1])
        if number is None:
            bare = (item for item in structure.row
                    if item.letter == "N" and start <= item.start < end and item.value.unit is None)
            number = next((int(item.value.value) for item in bare), 1)
        if re.search(r"^(?!at most|no more|max|up to).*\ba (?:change|step|thing|value|feature)\b", limit[0]) is None:
            found["at_most"] = number
    if re.search(
        r"\b(?:which|what) (?:one|NUM|single) (?:change|thing)\b|\b(?:one|a|1) single (?:thing|change|feature|factor|value)\b"
        r"|\bjust one (?:thing|change)\b|\bone thing\b|\bsmallest"
        r" (?:single )?change\b|\bsingle (?:change|thing)\b",
        text,
    ):
        found["at_most"] = 1
    sparse = re.search(r"\bsparsity (?:of |= ?|<= ?)?(\d+)", " ".join(token.text for token in structure.tagged.tokens[start:end]))
    if sparse:
        found["at_most"] = int(sparse[1])


def _shown(found, structure, start, end, text):
    """Like or unlike an option that was shown: "something like the second one", "not number 1"."""
    match = re.search(
        r"\b(?:option|number|suggestion|one|version|proposal|idea|alternative|the) (?:NUM|\w+)\b.*|\bNUM (?:one|option|suggestion)\b",
        text,
    )
    number = next(
        (
            int(i.value.value)
            for i in structure.row
            if i.letter == "N" and start <= i.start < end and (i.value.ordinal or i.value.value <= 9) and i.value.unit is None
        ),
        None,
    )
    if not match or number is None or "at_most" in found:
        return
    if re.search(
        r"\b(?:not|unlike|other than|different from|except|without|instead of|rather than|apart from|besides|does not|no)\b", text
    ):
        found["unlike"] = number
    elif re.search(r"\b(?:like|similar|close to|along|near|more of|resembl\w+)\b", text):
        found["like"] = number

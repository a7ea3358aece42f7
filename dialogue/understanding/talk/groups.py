"""Those spoken of before: both, the others, only some of them, the one before."""

import re
from dataclasses import replace

from dialogue.understanding.sentence.conditions import condition
from dialogue.understanding.talk.exchange import END, LEAD, OF_ONE, again
from dialogue.understanding.talk.pointed import two
from explainers.types import Ask, Subject

BOTH = re.compile(rf"{LEAD}(?:for |if |with )?(?:both|the two|all of (?:them|that|this))(?: of (?:them|those|these|that))?"
                  rf"(?: together| at once| at the same time)?{END}")
REST = re.compile(rf"{LEAD}(?:for |with |about )?the (?:others|rest|other ones|other GROUP|remaining(?: ones| GROUP)?)(?: of them)?{END}")
NARROWED = re.compile(rf"{LEAD}(?:only|just) (?:for |with )?(?:(?:those|the ones|GROUP|the GROUP|them"
    rf"|those of them) )?(?:who (?:are |have )?|with )?"
                      rf"(?:the )?COND(?: (?:and|or) COND)*(?: (?:GROUP|ones))?{END}")


def rest(structure, kinds, memory, domain):
    """ "And the others?": the same of those that the last condition left out."""
    where = memory.subject.where
    if where is None or not memory.asks or not REST.search(structure.text()):
        return None
    parts = list(where["and"]) if "and" in where else [where]
    turned = parts[-1]["not"] if "not" in parts[-1] else {"not": parts[-1]}
    return again([Ask("again")], Subject(where={"and": [*parts[:-1], turned]} if parts[:-1] else turned))


def narrowed(structure, kinds, memory, domain):
    """ "Only those over 40": the same of fewer."""
    wheres = structure.wheres()
    if not memory.asks or memory.subject.where is None or not wheres or not NARROWED.search(structure.text()):
        return None
    where = condition(wheres, structure.row)
    return again(memory.asks, Subject(where=where, previous=True))


def both(structure, kinds, memory, domain):
    """ "And both?": of the two groups, or the two features, spoken of last."""
    if not memory.asks or not BOTH.search(structure.text()):
        return None
    last, where = memory.asks[0], memory.subject.where
    earlier = [one.where for one in memory.before if one.where is not None and one.where != where]
    if where is not None and earlier and last.kind not in OF_ONE:
        return again([last], Subject(where={"and": [earlier[-1], where]}))
    names = two(memory)
    if len(names) == 2 and last.features and not memory.changes:
        return again([replace(last, options={**last.options, "features": names})])
    return None


_EARLIER = re.compile(
    rf"^(?:(?:and|but|or|ok|now|so|again|please|go|going|let us go|come|switch) )*(?:back|return|what about|how about|same"
    rf"|the same|do that|do it|repeat"
    rf"|and|for|with)?(?: (?:again|that))?(?: (?:for|to|with|about|of))? ?the (?P<which>first|previous|earlier|former|last|other) "
    rf"(?:one|CASE|GROUP|group|case|person|people|ones|patient|before)?(?: again| before| please)?{END}"
)


def earlier(structure, kinds, memory, domain):
    """ "Same for the first one", "back to the previous case": what was asked last, of those spoken of before."""
    said = _EARLIER.search(structure.words())
    if not said or not memory.asks or not memory.before or not re.search(r"\b(?:back|same|again|for|return|about|previous)\b", said[0]):
        return None
    rest = [one for one in memory.before if one != memory.subject]
    if not rest:
        return None
    return again([Ask("again")], rest[0] if said["which"] == "first" else rest[-1])

"""English forms that templates cannot make: units, plural nouns, yes/no values, ordinals, lists."""
import re

SYMBOLS = ("$", "€", "£", "¥")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
IRREGULAR = {
    "child": "children",
    "person": "people",
    "man": "men",
    "woman": "women",
    "foot": "feet",
     "percent": "percent"}
VERBS = {"is": "is not", "are": "are not", "was": "was not", "were": "were not", "has": "has no", "have": "have no",
         "had": "had no", "owns": "owns no", "own": "own no", "can": "cannot", "will": "will not", "does": "does not",
         "wants": "does not want", "lives": "does not live", "works": "does not work", "takes": "takes no",
         "receives": "receives no", "gets": "gets no"}
NOUN_ENDINGS = ("ment", "ments", "tion", "tions", "sion", "ance", "ence", "ship", "ity", "ness", "ure", "ism", "age")
NOUNS = set("account accounts telephone phone car house home job internet school degree loan loans mortgage card cards "
            "children child partner guarantor diabetes angina pain plan plans pet pets garden licence license savings "
            "support class classes dependants dependents relationship disease sugar contract credit debt debts "
            "work".split())


def with_unit(number, unit, value, case=None):
    """`48 months`, `1 month`, `$4,000`, `35%`; English units have no cases."""
    if unit in SYMBOLS:
        return f"-{unit}{number[1:]}" if number.startswith("-") else f"{unit}{number}"
    if unit == "%":
        return f"{number}%"
    return f"{number} {singular(unit)}" if abs(value) == 1 else f"{number} {unit}"


def noun_in(word, case):
    """A plural noun in a grammatical case: all are alike in English."""
    return word


def singular(unit):
    """The unit for exactly one: its first word without the plural, as in `years`, `hours a week`."""
    first, _, rest = unit.partition(" ")
    back = {many: one for one, many in IRREGULAR.items()}
    if first in back:
        first = back[first]
    elif len(first) > 3 and first.endswith("s") and not first.endswith("ss") and first.islower():
        first = first[:-3] + "y" if first.endswith("ies") else \
            first[:-2] if first.endswith(("sses", "xes", "ches", "shes", "zzes")) else first[:-1]
    return f"{first} {rest}".strip()


def yes_no(label, answer):
    """A yes/no value as a clause: `no savings account`, `is not married`, `owner: no`."""
    first, _, rest = label.partition(" ")
    if first.lower() in VERBS and rest:
        return label if answer else f"{VERBS[first.lower()]} {rest}"
    last = label.split()[-1].lower() if label else ""
    noun = last in NOUNS or last.endswith(NOUN_ENDINGS)
    if not answer and noun and first.lower() not in ("any", "no", "not", "under",
                                           "over") and not re.search(r"\d|[<>=]", label):
        return f"no {label}"
    return f"{label}: {'yes' if answer else 'no'}"


def ordinal(number):
    """`seventh`, `11th`, `22nd`."""
    if 1 <= number <= len(ORDINALS):
        return ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def small_number(number, text):
    """Whole numbers up to ten as words."""
    return NUMBERS[int(number)] if 0 < number < len(NUMBERS) and float(number).is_integer() else text


def capitalised(text):
    """The first letter raised, past any Markdown marks; words like `iPhone` or `pH` stay as they are."""
    found = re.match(r"([*_(\"' ]*)(\w)(\w?)", text)
    if not found or found.group(3).isupper():
        return text
    start = found.end(1)
    return text[:start] + text[start].upper() + text[start + 1:]


def article(text):
    """`a` or `an` before the text, by its first letter."""
    return ("an " if text[:1].lower() in "aeiou" else "a ") + text

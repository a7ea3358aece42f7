"""German forms that templates cannot make: units, yes/no values, ordinals, capital letters."""
import re

SYMBOLS = ("$", "€", "£", "¥")
NUMBERS = ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn")
ORDINALS = ("erster", "zweiter", "dritter", "vierter", "fünfter", "sechster", "siebter", "achter", "neunter", "zehnter")
SINGULAR = {"Monate": "Monat", "Jahre": "Jahr", "Tage": "Tag", "Wochen": "Woche", "Stunden": "Stunde",
            "Minuten": "Minute", "Punkte": "Punkt", "Fehlstunden": "Fehlstunde", "Gefäße": "Gefäß", "Klassen": "Klasse",
            "Schläge": "Schlag", "Kinder": "Kind", "Personen": "Person", "Kurse": "Kurs", "Zimmer": "Zimmer"}
UPRIGHT = re.compile(r"([*_(\"„' ]*)(\w)(\w?)")


def with_unit(number, unit, value, case=None):
    """`48 Monate`, `1 Monat`, `4.000 €`, `35 %`: the unit stands behind the number, after a space; `von 48 Monaten` in the dative."""
    if abs(value) == 1 and unit not in SYMBOLS:
        return f"{number} {singular(unit)}"
    first, _, rest = unit.partition(" ")
    return f"{number} {noun_in(first, case)} {rest}".strip()


def noun_in(word, case):
    """A plural noun in a grammatical case: the dative adds an n where the plural ends in e, er or el (`Monate`, `Kinder`)."""
    plural = word[:1].isupper() and word[1:].islower() and len(word) > 3 and word.endswith(("e", "er", "el"))
    return word + "n" if case == "dative" and plural else word


def singular(unit):
    """The unit for exactly one; its first word is the one that changes: `Stunden pro Woche`."""
    first, _, rest = unit.partition(" ")
    return f"{SINGULAR.get(first, first)} {rest}".strip()


def yes_no(label, answer):
    """A yes/no value as a clause: `Telefon: nein`."""
    return f"{label}: {'ja' if answer else 'nein'}"


def ordinal(number):
    """`siebter`, `11.`: as in `an siebter Stelle`."""
    return ORDINALS[number - 1] if 1 <= number <= len(ORDINALS) else f"{number}."


def small_number(number, text):
    """Whole numbers up to ten as words."""
    return NUMBERS[int(number)] if 0 < number < len(NUMBERS) and float(number).is_integer() else text


def capitalised(text):
    """The first letter raised, past any marks; words like `pH` stay as they are."""
    found = UPRIGHT.match(text)
    if not found or found.group(3).isupper():
        return text
    start = found.end(1)
    return text[:start] + text[start].upper() + text[start + 1:]


def article(text):
    """German articles depend on the noun's gender, so none is put before a text of the domain."""
    return text

"""What an outcome is contrasted with: "why bad rather than good", "why not approved?", "why sick and not healthy"."""

import re

_WORDS = r"(?:rather than|instead of|as opposed to|and not|but not|, not|versus|vs)"
_BEFORE = re.compile(rf"(?:{_WORDS}|^(?:but |so |and |ok )?why not)(?: \w+){{0,2}} $")
CONTRAST = re.compile(rf"{_WORDS}")


def foil(structure, start, end, domain):
    """Code of the outcome that the one given is contrasted with; None where there is no contrast."""
    codes, row = [str(code) for code in domain.outcomes or ()], [item for item in structure.row if start <= item.start < end]
    told = [place for place, item in enumerate(row) if item.letter == "Y"]
    for place in told:
        code = str(row[place].value)
        other = next((found for found in codes if found != code), code) if len(codes) == 2 else code
        before = " ".join(item.text for item in row[:place]) + " "
        if row[place].text == "not" and re.fullmatch(r"(?:but |so |and |ok )?why ", before):
            return other
        contrast = _BEFORE.search(before)
        if contrast and (len(told) > 1 or re.search(r"rather|instead|opposed|why not", contrast[0])):
            return other if re.search(r"\bnot\b", contrast[0]) else code
    return None

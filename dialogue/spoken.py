"""Which language is a question written in? By its frequent words and letters, see `languages/<code>/profile.yaml`."""
import re
from functools import lru_cache

import yaml

from dialogue.languages import languages
from dialogue.phrasing.language import FOLDER, LOADER

LETTERS = 0.3           # a group of letters counts this much of a word
CLEAR = 0.5             # how far ahead another language must be


def spoken_language(text, present):
    """Code of the language that `text` is written in; `present` where it could as well be that one.

    spoken_language("Warum wurde ich abgelehnt?", "en") -> "de"
    """
    scores = {code: _score(text.lower(), code) for code in languages()}
    best = max(scores, key=scores.get)
    return best if present in scores and scores[best] >= scores[present] + CLEAR else present


def _score(text, code):
    words, letters = _profile(code)
    said = re.findall(r"[^\W\d_]+", text)
    return sum(word in words for word in said) + LETTERS * sum(any(group in word for group in letters) for word in said)


@lru_cache
def _profile(code):
    path = FOLDER / code / "profile.yaml"
    profile = yaml.load(path.read_text(encoding="utf-8"), LOADER) if path.is_file() else {"words": (), "letters": ()}
    return frozenset(map(str, profile["words"])), tuple(profile["letters"])

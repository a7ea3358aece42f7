"""Questions of one language read through the words of another: its lexicon says what each word stands for there.

    gloss("de").text("Was wäre, wenn der Kredit nur 24 Monate liefe?") -> "what if the loan were 24 months ?"

The names in a domain go the same way, so that what is said in the question meets what the domain calls it; words that
neither knows keep their stem. Numbers come out as the rules read them: 4.000 -> 4000, 3,5 -> 3.5.
"""
import re
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from dialogue.understanding.wording.lexicon import LANGUAGES, read_yaml
from dialogue.understanding.wording.text import normalise

_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_PIECE = re.compile(r"§[a-z]+|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'][^\W\d_]+)*\d*|\S")
_ENDINGS = ("ern", "en", "er", "es", "em", "e", "n", "s")
_LONGEST_PHRASE = 4


@lru_cache
def gloss(language):
    """The Gloss of a language; None for one that has rules of its own."""
    raw = read_yaml(LANGUAGES / language / "lexicon.yaml")
    return Gloss(raw) if "reads_as" in raw else None


class Gloss:
    """words: a phrase's words (a tuple, folded) -> what it stands for; bases: for single words without endings.

    Words that a rewriting puts in carry a mark (§), so that they are not read a second time.
    """

    def __init__(self, raw):
        self.reads_as = raw["reads_as"]
        self.words = {tuple(folded(said).split()): str(meant)
                      for meant, found in raw["words"].items() for said in found}
        single = [(words[0], meant) for words, meant in reversed(self.words.items()) if len(words) == 1]
        self.bases = {base(word): meant for word, meant in single if len(word) > 4}
        self.rewrites = [(re.compile(pattern), re.sub(r"(?<![\\\w])([a-z]+)", r"§\1", text))
                         for pattern, text in raw["rewrites"]]
        self.meanings = {word for meant in raw["words"] for word in str(meant).split()}

    def text(self, text, own=frozenset()):
        """The text as it is read; `own` are folded words of the domain, which are never taken for misspelt ones."""
        text = folded(normalise(text))
        for pattern, instead in self.rewrites:
            text = pattern.sub(lambda match: match.expand(instead) + " ", text)
        return " ".join(self._words(_PIECE.findall(text), own))

    def name(self, text):
        """A name of the domain, as it is read: no rewriting, nothing put right."""
        return " ".join(self._words(_PIECE.findall(folded(str(text))), None)) or str(text)

    def _words(self, pieces, own):
        found, place = [], 0
        while place < len(pieces):
            length = next((n for n in range(_LONGEST_PHRASE, 0, -1) if tuple(pieces[place:place + n]) in self.words), 0)
            if length:
                found.append(self.words[tuple(pieces[place:place + length])])
            else:
                found.append(self._word(pieces[place], own))
            place += length or 1
        return found

    def _word(self, piece, own):
        if piece[0] == "§":
            return piece[1:]
        if piece[0].isdigit():
            return plain_number(piece)
        if not piece[0].isalpha() or piece in self.meanings:
            return piece
        if base(piece) in self.bases and len(piece) > 4:
            return self.bases[base(piece)]
        if own is not None and piece not in own and base(piece) not in own and len(piece) > 4:
            near = self._near(piece, own)
            if near is not None:
                return near
        return base(piece)

    def _near(self, piece, own):
        """What a misspelt word stands for: the nearest known one, at most one slip away (two in long words)."""
        allowed = 1 if len(piece) < 8 else 2
        best, kept = allowed + 1, None
        for words, meant in self.words.items():
            if len(words) == 1 and abs(len(words[0]) - len(piece)) <= allowed and len(words[0]) > 4:
                slips = DamerauLevenshtein.distance(piece, words[0], score_cutoff=best)
                if slips < best:
                    best, kept = slips, meant
        for word in own:
            if abs(len(word) - len(piece)) <= allowed and len(word) > 4:
                slips = DamerauLevenshtein.distance(piece, word, score_cutoff=best)
                if slips < best:
                    best, kept = slips, self._word(word, None)
        return kept


def folded(text):
    """Small letters, with ae, oe, ue and ss for the letters that English lacks."""
    return text.lower().translate(_FOLDED)


def base(word):
    """A word without its ending: kredites, kredite -> kredit."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[:-len(ending)]
    return word


def plain_number(text):
    """4.000 -> 4000; 3,5 -> 3.5; 1.234,5 -> 1234.5; 0.5 stays."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


@lru_cache(maxsize=16)
def read_domain(domain, language):
    """(the domain with its names as they are read, its own words folded); domains compare by identity."""
    read = gloss(language).name
    features = {name: _feature(feature, read) for name, feature in domain.features.items()}
    file = domain.file
    texts = {"title": read(file.title) if file.title else file.title, "case": [read(word) for word in file.case],
             "outcome_synonyms": _lists(getattr(file, "outcome_synonyms", None), read),
             "absent": {read(name): said for name, said in _lists(getattr(file, "absent", None), read).items()}}
    outcomes = {code: read(name) for code, name in domain.outcomes.items()}
    score_label = read(domain.score_label) if domain.score_label else domain.score_label
    spoken = replace(domain, features=features, outcomes=outcomes, file=file.model_copy(update=texts),
                     score_label=score_label)
    lacking = _pieces([name for key, said in (getattr(file, "absent", None) or {}).items() for name in (key, *(said or ()))])
    return spoken, frozenset([*lacking, *(piece for feature in domain.features.values() for piece in _own_words(feature))])


def _feature(feature, read):
    """A feature with its names as they are read."""
    return replace(feature, label=read(feature.label), synonyms=tuple(dict.fromkeys(map(read, feature.synonyms))),
                   unit=read(feature.unit) if feature.unit else feature.unit,
                   values={code: read(name) for code, name in (feature.values or {}).items()},
                   value_synonyms={code: tuple(said) for code, said in _lists(feature.value_synonyms, read).items()})


def _lists(table, read):
    """Lists of names as they are read, each name once."""
    return {key: list(dict.fromkeys(map(read, names or ()))) for key, names in (table or {}).items()}


def _own_words(feature):
    """The folded words of a feature's names and of its values."""
    names = [feature.label, *feature.synonyms, *(feature.values or {}).values()]
    names += [name for said in (feature.value_synonyms or {}).values() for name in said]
    return _pieces(names)


def _pieces(names):
    return [piece for name in names for piece in _PIECE.findall(folded(str(name)))]

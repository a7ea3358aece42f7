"""The learned part: a linear classifier of the kind over words and letter groups of the delexicalised question.

A second head reads sentence embeddings where those are installed. Trained from the example files with scikit-learn at
first use, kept under var/ keyed by their hash; read with numpy alone.
Features are hashed (weights of 2^16 places x kinds), so that no vocabulary has to be stored.
"""

import hashlib
import os
import re
import sys
import zlib
from functools import lru_cache
from pathlib import Path

import numpy as np

from dialogue.understanding.learning import embedding
from dialogue.understanding.wording.gloss import gloss
from dialogue.understanding.wording.lexicon import LANGUAGES

PLACES = 1 << 16
# Packages whose files shape what the classifier is given; the weights are learnt anew when one changes.
SHAPING = ("wording", "sentence", "learning")
_UNDERSTANDING = Path(__file__).resolve().parents[1]
_ROOT = _UNDERSTANDING.parents[1]


def features(text):
    """{place: value} of a delexicalised text: 1-3 words and groups of 2-5 letters, each block of length 1."""
    words = ["^", *re.findall(r"[A-Za-z]+|\d+|[?!]", text), "$"]
    grams = [" ".join(words[place : place + size]) for size in (1, 2, 3) for place in range(len(words) - size + 1)]
    padded = [f" {word.lower()} " for word in words[1:-1] if not word.isupper()]
    letters = [word[place : place + size] for word in padded for size in (3, 4, 5) for place in range(max(len(word) - size + 1, 0))]
    table = {}
    for block, found, share in (("w", grams, 1.0), ("c", letters, 0.7)):
        counted = {}
        for gram in found:
            place = zlib.crc32(f"{block}{gram}".encode()) % PLACES
            counted[place] = counted.get(place, 0.0) + 1.0
        length = sum(value * value for value in counted.values()) ** 0.5 or 1.0
        for place, value in counted.items():
            table[place] = table.get(place, 0.0) + share * value / length
    return table


class Classifier:
    """What was learnt: idf (places), weights (places x kinds), bias (kinds), and two heads over sentence embeddings.

    head, plain: (WIDTH + 1) x kinds, the last row their bias: over delexicalised texts, and over texts with their own words.
    Both are empty where no embeddings were there to learn from.
    """

    def __init__(self, kinds, idf, weights, bias, head, plain):
        self.kinds, self.idf, self.weights, self.bias, self.head, self.plain = list(kinds), idf, weights, bias, head, plain

    def meanings(self, text):
        """{kind: log probability} by the sentence embedding; empty without embeddings."""
        if not len(self.head) or not embedding.available():
            return {}
        return dict(zip(self.kinds, _log_shares(embedding.embed(text), self.head).tolist()))

    def outside(self, text, outer):
        """Log odds of the kinds `outer` for a text with its own words, kept within 6 of even; 0 without embeddings."""
        if not len(self.plain) or not embedding.available():
            return 0.0
        shares = np.exp(_log_shares(embedding.embed(text), self.plain))
        share = float(sum(shares[place] for place, kind in enumerate(self.kinds) if kind in outer))
        return float(np.clip(np.log(max(share, 1e-9)) - np.log(max(1.0 - share, 1e-9)), -6.0, 6.0))

    def margins(self, text):
        """{kind: margin} by words and letters; larger is likelier."""
        table = features(text)
        places = np.fromiter(table, dtype=np.int64, count=len(table))
        values = np.fromiter(table.values(), dtype=np.float32, count=len(table)) * self.idf[places]
        values /= max(float(np.sqrt(values @ values)), 1e-9)
        return dict(zip(self.kinds, (values @ self.weights[places].astype(np.float32) + self.bias).tolist()))


def _log_shares(vector, head):
    """Log of the softmax of a head's scores."""
    scores = vector @ head[:-1] + head[-1]
    scores = scores - scores.max()
    return scores - np.log(np.exp(scores).sum())


@lru_cache
def load_classifier(language):
    """The classifier of a language: from the cache, else trained (some seconds) and cached."""
    kind = "meaning" if embedding.available() else "words"
    path = cache_folder() / f"{kind}-{language}-{_hash(language)}.npz"
    if not path.is_file():
        _train_once(path, language)
    with np.load(path, allow_pickle=False) as kept:
        parts = (kept[name] for name in ("idf", "weights", "bias", "head", "plain"))
        return Classifier([str(kind) for kind in kept["kinds"]], *parts)


def _train_once(path, language):
    """Train and cache, while other processes that start at the same time wait; says so on standard error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.parent / "training.lock", "w", encoding="utf-8") as lock:
        try:
            import fcntl
        except ImportError:  # no such locks on this system: at worst two train, and the last one is kept
            fcntl = None
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        if path.is_file():
            return
        print("Learning to understand questions from the examples; this happens once and takes a while ...", file=sys.stderr, flush=True)
        from dialogue.understanding.learning.training import train

        _write(path, train(language))


def cache_folder():
    """Where caches live: $BECAUSE_VAR, else var/ beside the program."""
    return Path(os.environ.get("BECAUSE_VAR") or _ROOT / "var") / "understanding"


def _write(path, model):
    """Written beside and moved into place: another process never reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.tmp.npz")
    table = {"idf": model.idf, "weights": model.weights.astype(np.float16), "bias": model.bias}
    np.savez(half, kinds=np.array(model.kinds), **table, head=model.head, plain=model.plain)
    half.replace(path)
    for old in path.parent.glob(f"{path.name.rsplit('-', 1)[0]}-*.npz"):
        if old != path and ".tmp." not in old.name:
            old.unlink(missing_ok=True)


def _hash(language):
    """Hash of everything that the weights depend on: examples, lexicon and this package's code."""
    digest = hashlib.sha256()
    through = gloss(language)
    folders = [LANGUAGES / code for code in (language, through.reads_as if through else language)]
    of_words = ("examples/*.yaml", "lexicon*.yaml", "*.npz")
    files = [path for folder in dict.fromkeys(folders) for pattern in of_words for path in folder.glob(pattern)]
    for path in sorted([*files, *(file for name in SHAPING for file in (_UNDERSTANDING / name).glob("*.py"))]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

"""The classifier of a language: learnt at first use, kept under var/ keyed by the hash of all that it depends on."""

import hashlib
import os
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np

from dialogue.understanding.learning import embedding
from dialogue.understanding.learning.classifier import Classifier
from dialogue.understanding.wording.gloss import gloss
from dialogue.understanding.wording.lexicon import LANGUAGES
from explainers.kept import whole

# Packages whose files shape what the classifier is given; the weights are learnt anew when one changes.
SHAPING = ("wording", "sentence", "learning")
_UNDERSTANDING = Path(__file__).resolve().parents[1]
_ROOT = _UNDERSTANDING.parents[1]


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
        from dialogue.understanding.learning.training import train  # brings scikit-learn

        _write(path, train(language))


def cache_folder():
    """Where caches live: $BECAUSE_VAR, else var/ beside the program."""
    return Path(os.environ.get("BECAUSE_VAR") or _ROOT / "var") / "understanding"


def _write(path, model):
    """Another process never reads half a file; what it takes the place of goes."""
    table = {"idf": model.idf, "weights": model.weights.astype(np.float16), "bias": model.bias}
    with whole(path) as fresh, fresh.open("wb") as file:
        np.savez(file, kinds=np.array(model.kinds), **table, head=model.head, plain=model.plain)
    for old in path.parent.glob(f"{path.name.rsplit('-', 1)[0]}-*.npz"):
        if old != path:
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

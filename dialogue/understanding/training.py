"""Learning the kinds from the example questions; needs scikit-learn, runs once for each state of the examples."""

import os

import numpy as np

from dialogue.understanding import embedding
from dialogue.understanding.classifier import PLACES, Classifier, cache_folder, features
from dialogue.understanding.examples import fill, load_examples
from dialogue.understanding.gloss import gloss, read_domain
from dialogue.understanding.practice import practice_domains
from dialogue.understanding.reading import delexicalised

SEED = 20


def train(language):
    """A Classifier learnt from all examples that ask one thing."""
    texts, kinds = training_texts(language)
    return fit(texts, kinds)


def training_texts(language):
    """(delexicalised texts, kinds): each example once, its slots filled from one of the practice domains."""
    words = gloss(language)
    texts, kinds = ([], []) if words is None else training_texts(words.reads_as)
    domains = practice_domains()
    spoken = [(domain, None) if words is None else read_domain(domain, language) for domain in domains]
    for number, example in enumerate(load_examples(language)):
        if len(set(example.kinds)) != 1:
            continue
        for turn in range(len(domains)):
            domain, own = spoken[(number + turn) % len(domains)]
            filled = fill(example, domain, SEED)
            if filled:
                said = filled[0] if words is None else words.text(filled[0], own)
                texts.append(delexicalised(said, domain, language))
                kinds.append(example.kinds[0])
                break
    return texts, kinds


def fit(texts, kinds):
    """Linear support vector machine, one kind against the rest, over TF-IDF of hashed features."""
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    rows = [features(text) for text in texts]
    indices = np.concatenate([np.fromiter(row, dtype=np.int64, count=len(row)) for row in rows])
    values = np.concatenate([np.fromiter(row.values(), dtype=np.float64, count=len(row)) for row in rows])
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    table = csr_matrix((values, indices, starts), shape=(len(rows), PLACES))
    present = np.bincount(indices, minlength=PLACES)
    idf = np.log((1 + len(rows)) / (1 + present)) + 1
    table = table.multiply(idf[None, :]).tocsr()
    table = table.multiply(1 / np.sqrt(table.multiply(table).sum(axis=1))).tocsr()
    machine = LinearSVC(C=1.0, class_weight="balanced", random_state=SEED)
    machine.fit(table, kinds)
    return Classifier(
        machine.classes_,
        idf.astype(np.float32),
        machine.coef_.T.astype(np.float32),
        machine.intercept_.astype(np.float32),
        _head(texts, kinds),
    )


def _head(texts, kinds):
    """Logistic regression over sentence embeddings, (WIDTH + 1) x kinds; empty where embeddings are not installed."""
    if not embedding.available():
        return np.zeros((0, 0), dtype=np.float32)
    from sklearn.linear_model import LogisticRegression

    found = LogisticRegression(C=20.0, max_iter=300, class_weight="balanced").fit(_vectors(texts), kinds)
    return np.vstack([found.coef_.T, found.intercept_]).astype(np.float32)


def _vectors(texts):
    """Embeddings of the texts; those known from an earlier training are taken from the cache."""
    path = cache_folder() / f"sentences-{embedding.LAYERS}.npz"  # vectors of another depth would mislead
    known = {}
    if path.is_file():
        with np.load(path, allow_pickle=False) as kept:
            known = dict(zip(kept["texts"].tolist(), kept["vectors"]))
    new = sorted({text for text in texts if text not in known})
    if new:
        known.update(zip(new, embedding.embed_all(new).astype(np.float16)))
        used = sorted(set(texts))
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}.tmp.npz")
        np.savez(half, texts=np.array(used), vectors=np.array([known[text] for text in used]))
        half.replace(path)
    return np.array([known[text] for text in texts], dtype=np.float32)

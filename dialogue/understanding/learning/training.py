"""Learning the kinds from the example questions; needs scikit-learn, runs once for each state of the examples."""

import zlib

import numpy as np

from dialogue.understanding.learning import embedding
from dialogue.understanding.learning.classifier import PLACES, Classifier, features
from dialogue.understanding.learning.examples import fill, load_examples
from dialogue.understanding.learning.practice import practice_domains
from dialogue.understanding.sentence.reading import read
from dialogue.understanding.wording.gloss import gloss, read_domain
from dialogue.understanding.wording.lexicon import LANGUAGES

SEED = 20
FILE = "meanings.npz"  # heads learnt before, beside the examples; made anew by python -m dialogue.understanding.learning.training
ENOUGH = 0.9  # share of today's examples that the heads were learnt from; below it they are learnt anew


def train(language):
    """A Classifier learnt from all examples that ask one thing."""
    texts, plain, kinds = training_texts(language)
    return fit(texts, kinds, heads(language, texts, plain, kinds))


def training_texts(language):
    """(delexicalised texts, the same with their own words, kinds): each example once, filled from a practice domain."""
    words = gloss(language)
    texts, plain, kinds = ([], [], []) if words is None else training_texts(words.reads_as)
    domains = practice_domains()
    spoken = [(domain, None) if words is None else read_domain(domain, language) for domain in domains]
    for number, example in enumerate(load_examples(language)):
        if len(set(example.kinds)) != 1:
            continue
        for turn in range(len(domains)):
            domain, own = spoken[(number + turn) % len(domains)]
            filled = fill(example, domain, SEED)
            if filled:
                said = read(filled[0] if words is None else words.text(filled[0], own), domain, language)
                texts.append(said.text())
                plain.append(said.words())
                kinds.append(example.kinds[0])
                break
    return texts, plain, kinds


def fit(texts, kinds, found):
    """A Classifier of the heads found and a linear support vector machine, one kind against the rest, over TF-IDF of features."""
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
    machine = LinearSVC(C=1.0, class_weight="balanced", random_state=SEED, tol=0.01)
    machine.fit(table, kinds)
    return Classifier(
        machine.classes_,
        idf.astype(np.float32),
        machine.coef_.T.astype(np.float32),
        machine.intercept_.astype(np.float32),
        *found,
    )


def heads(language, texts, plain, kinds):
    """(head over delexicalised texts, head over their own words); empty where embeddings are not installed.

    Taken from the file that comes with the program where that was learnt from nearly the same examples: embedding them all
    takes most of the time of training, and a linear head does not notice a few texts more or less.
    """
    if not embedding.available():
        return np.zeros((0, 0), dtype=np.float32), np.zeros((0, 0), dtype=np.float32)
    known = _shipped(language, _marks(texts, kinds), sorted(set(kinds)))
    return known or (head_over(vectors_of(texts), kinds), head_over(vectors_of(plain), kinds))


def head_over(vectors, kinds):
    """Logistic regression over embeddings (texts x WIDTH), as (WIDTH + 1) x kinds, the last row its bias."""
    from sklearn.linear_model import LogisticRegression

    found = LogisticRegression(C=20.0, max_iter=300, class_weight="balanced").fit(vectors, kinds)
    return np.vstack([found.coef_.T, found.intercept_]).astype(np.float32)


def vectors_of(texts):
    """Embeddings of the texts (texts x WIDTH), each distinct one worked out once."""
    distinct, places = np.unique(texts, return_inverse=True)
    return embedding.embed_all(distinct.tolist())[places]


def _marks(texts, kinds):
    """A mark of each text with its kind, to tell whether heads were learnt from it."""
    return np.unique([zlib.crc32(f"{kind} {text}".encode()) for text, kind in zip(texts, kinds)]).astype(np.uint32)


def _shipped(language, marks, kinds):
    """The heads that come with the program; None where they were learnt from other kinds, or from too few of these texts."""
    path = LANGUAGES / language / FILE
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as kept:
        alike = kept["kinds"].tolist() == kinds and int(kept["layers"]) == embedding.LAYERS
        if not alike or np.isin(marks, kept["marks"]).mean() < ENOUGH:
            return None
        return kept["head"].astype(np.float32), kept["plain"].astype(np.float32)


def write_heads(language):
    """Learn the heads of a language from its examples and write them beside these."""
    texts, plain, kinds = training_texts(language)
    learnt = {"head": texts, "plain": plain}
    found = {name: head_over(vectors_of(said), kinds).astype(np.float16) for name, said in learnt.items()}
    path = LANGUAGES / language / FILE
    np.savez_compressed(path, kinds=np.array(sorted(set(kinds))), layers=embedding.LAYERS, marks=_marks(texts, kinds), **found)
    return path


if __name__ == "__main__":
    for code in sorted(path.parent.name for path in LANGUAGES.glob("*/examples")):
        print(write_heads(code))

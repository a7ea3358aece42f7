"""How well what is not served is told from what is, with whole topics left out of training.

    python tests/benchmarks/scope.py

Each entry of the examples `refused` and `unclear` is a topic; topics go to one of five folds as a whole, examples of kinds
that are served one by one. Printed for several leads (see dialogue/understanding/asks/scope.py): the share of what is not served
that is held back at this lead, although nothing of its topic was learnt, and the share of what is served that is held back
too. The examples of served kinds are rarer wordings than people's questions, so the second share is an upper bound.
"""
import random
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dialogue.understanding.asks.clauses import MEANING, RULE  # noqa: E402
from dialogue.understanding.asks.kinds import scores  # noqa: E402
from dialogue.understanding.asks.scope import OUTSIDE, PLAIN  # noqa: E402
from dialogue.understanding.learning.examples import fill, load_examples  # noqa: E402
from dialogue.understanding.learning.practice import practice_domains  # noqa: E402
from dialogue.understanding.learning.training import SEED, fit, head_over, training_texts, vectors_of  # noqa: E402
from dialogue.understanding.wording.lexicon import LANGUAGES, read_yaml  # noqa: E402

FOLDS = 5
LEADS = (0.0, -0.2, -0.3, -0.4, -0.5, -0.6, -0.7, -0.8, -1.0)


def topics():
    """Text of an example that is not served -> its topic."""
    return {text: (name, number) for name in OUTSIDE
            for number, entry in enumerate(read_yaml(LANGUAGES / "en" / "examples" / f"{name}.yaml")) for text in entry["texts"]}


def folds():
    """Fold of each training text."""
    rng, topic, chosen = random.Random(1), topics(), {}
    examples = [e for e in load_examples("en") if len(set(e.kinds)) == 1 and any(fill(e, d, SEED) for d in practice_domains())]
    return np.array([chosen.setdefault(topic.get(example.text, example.text), rng.randrange(FOLDS)) for example in examples])


def log_shares(vectors, head):
    """texts x kinds, log of the softmax of a head's scores."""
    found = vectors @ head[:-1] + head[-1]
    found = found - found.max(axis=1, keepdims=True)
    return found - np.log(np.exp(found).sum(axis=1, keepdims=True))


def leads(texts, kinds, vectors, train, test):
    """The leads of the test texts under a classifier learnt from the others."""
    pick = lambda values, places: [values[place] for place in places]
    heads = [head_over(table[train], pick(kinds, train)) for table in vectors]
    model = fit(pick(texts, train), pick(kinds, train), heads)
    outer = np.isin(model.kinds, OUTSIDE)
    total = np.array([[margin + RULE * rules.get(kind, 0.0) for kind, margin in model.margins(text).items()]
                      for text in pick(texts, test) for rules in (scores(text, "en"),)])
    total += MEANING * np.maximum(log_shares(vectors[0][test], heads[0]), -12.0)
    share = np.clip(np.exp(log_shares(vectors[1][test], heads[1]))[:, outer].sum(axis=1), 1e-9, 1 - 1e-9)
    odds = np.clip(np.log(share) - np.log(1 - share), -6.0, 6.0)
    return total[:, outer].max(axis=1) - total[:, ~outer].max(axis=1) + PLAIN * odds


def main():
    texts, plain, kinds = training_texts("en")
    vectors = vectors_of(texts), vectors_of(plain)
    fold, found = folds(), np.zeros(len(texts))
    for number in range(FOLDS):
        test = np.flatnonzero(fold == number)
        found[test] = leads(texts, kinds, vectors, np.flatnonzero(fold != number), test)
    unserved = np.isin(kinds, OUTSIDE)
    print(f"{unserved.sum()} not served in {len(set(topics().values()))} topics, {(~unserved).sum()} served")
    for lead in LEADS:
        print(f"lead {lead:5.1f}: held back {(found[unserved] > lead).mean():.1%} of what is not served, "
              f"{(found[~unserved] > lead).mean():.1%} of what is")


if __name__ == "__main__":
    main()

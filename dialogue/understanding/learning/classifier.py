"""The learned part: a linear classifier of the kind over words and letter groups of the delexicalised question.

A second head reads sentence embeddings where those are installed. Learnt with scikit-learn (training.py), read with numpy alone.
Features are hashed (weights of 2^16 places x kinds), so that no vocabulary has to be stored.
"""

import re
import zlib

import numpy as np

from dialogue.understanding.learning import embedding

PLACES = 1 << 16


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

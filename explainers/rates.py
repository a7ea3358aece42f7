"""Shares with the range that sampling leaves them: Wilson's interval (1927), 95 in 100."""
import numpy as np

NORMAL = 1.959964


def share_of(count, size):
    """{"count", "size", "share", "low", "high"}; share and interval are None for an empty group."""
    if not size:
        return {"count": int(count), "size": 0, "share": None, "low": None, "high": None}
    share, square = count / size, NORMAL ** 2
    middle = (share + square / (2 * size)) / (1 + square / size)
    half = NORMAL * np.sqrt(share * (1 - share) / size + square / (4 * size ** 2)) / (1 + square / size)
    return {"count": int(count), "size": int(size), "share": share, "low": max(0.0, middle - half), "high": min(1.0, middle + half)}


def counted(codes, outcomes):
    """[{"outcome", "count", "size", "share", "low", "high"}] of an array of outcome codes, in the order of `outcomes`."""
    return [{"outcome": code, **share_of(int(np.sum(codes == code)), len(codes))} for code in outcomes]


def mean_of(values):
    """{"value", "low", "high"}: a mean with its normal 95 % interval."""
    mean = float(np.mean(values))
    half = NORMAL * float(np.std(values, ddof=1)) / np.sqrt(len(values)) if len(values) > 1 else 0.0
    return {"value": mean, "low": mean - half, "high": mean + half}

"""What looks doubtful in a domain's data before any model is asked: each a code with its numbers, the gravest first."""
import numpy as np
import pandas as pd

COPY = 0.98            # a feature that alone tells the target in so large a share of the rows is doubtful
MANY = 50
FEW = 10
NEAR = 0.97            # rank correlation of two numbers, or share in which two categories tell each other, that makes a near copy


def suspicions(domain):
    """[{"code": ..., "feature": ..., its numbers}]; looks at the training rows, for identifiers at all rows."""
    found = []
    for name, feature in domain.features.items():
        found += _copy_of_target(domain, name)
        found += _like_an_id(domain.frame[name], name, feature)
        found += _values(domain, name, feature)
    found += _same_as_other(domain)
    found += _near_copies(domain, {(doubt["feature"], doubt["other"]) for doubt in found if doubt["code"] == "same_as_other"})
    if not domain.regression:
        counts = domain.train_target.value_counts()
        found += [{"code": "few_of_outcome", "outcome": code, "count": int(counts.get(code, 0))}
                  for code in domain.outcomes if counts.get(code, 0) < FEW]
    if len(domain.train) < 50:
        found.append({"code": "few_rows", "count": len(domain.train)})
    order = ["copy_of_target", "like_an_id"]
    return sorted(found, key=lambda doubt: order.index(doubt["code"]) if doubt["code"] in order else len(order))


def _copy_of_target(domain, name):
    """How often the commonest outcome of each value (or, for a number, the best single threshold) is right; for a
    number to predict, the squared rank correlation."""
    column, target = domain.train[name], domain.train_target
    known = column.notna().to_numpy()
    column, target = column[known], target[known]
    if len(column) < 20 or target.nunique() < 2 or column.nunique() < 2:
        return []
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if domain.regression:
        share = abs(np.corrcoef(column.rank(), target.rank())[0, 1]) ** 2 if numeric else 0.0
    elif numeric and column.nunique() > 20:
        share = _best_threshold(column.to_numpy(dtype=float), pd.factorize(target)[0])
    else:
        share = _by_value(column, target)
    return [{"code": "copy_of_target", "feature": name, "share": float(share)}] if share >= COPY else []


def _by_value(column, target):
    if column.nunique() > len(column) / 3:
        return 0.0
    return pd.crosstab(column.astype(str), target).max(axis=1).sum() / len(column)


def _best_threshold(values, codes):
    """Share of rows that one threshold, with the commonest outcome on each side, gets right."""
    order = np.argsort(values, kind="stable")
    values, codes = values[order], codes[order]
    below = np.cumsum(np.eye(codes.max() + 1)[codes], axis=0)
    right = below.max(axis=1) + (below[-1] - below).max(axis=1)
    cuts = np.append(values[1:] > values[:-1], True)
    return right[cuts].max() / len(values)


def _like_an_id(column, name, feature):
    present = column.dropna()
    if len(present) < 20 or present.nunique() < 0.98 * len(present):
        return []
    counting = feature.type == "number" and feature.whole and np.ptp(present.to_numpy(dtype=float)) < 2 * len(present)
    return [{"code": "like_an_id", "feature": name}] if feature.type == "category" or counting else []


def _values(domain, name, feature):
    column = domain.frame[name]
    missing = float(column.isna().mean())
    found = [{"code": "mostly_missing", "feature": name, "share": missing}] if missing > 0.5 else []
    if column.nunique() < 2:
        found.append({"code": "same_everywhere", "feature": name})
    if feature.type == "category" and column.nunique() < 0.98 * column.notna().sum():
        if column.nunique() > MANY:
            found.append({"code": "many_categories", "feature": name, "count": int(column.nunique())})
        if not pd.api.types.is_numeric_dtype(column) and name not in domain.file.features:
            numbers = pd.to_numeric(column.dropna(), errors="coerce")
            if 0.8 < numbers.notna().mean() < 1:
                found.append({"code": "numbers_in_words", "feature": name,
                             "value": str(column.dropna()[numbers.isna()].iloc[0])})
    return found


def _same_as_other(domain):
    """Pairs of columns that are the same up to the names of their values; numbers with few repeats, up to a rising scale."""
    coded = {}
    for name in domain.features:
        column = domain.train[name]
        if 1 < column.nunique() < len(column) / 2:
            coded.setdefault(pd.factorize(column)[0].tobytes(), []).append(name)
        elif column.nunique() > 1 and pd.api.types.is_numeric_dtype(column):
            coded.setdefault(column.rank().to_numpy().tobytes(), []).append(name)
    return [{"code": "same_as_other", "feature": other, "other": names[0]} for names in coded.values() for other in names[1:]]


def _near_copies(domain, same):
    """Pairs of columns that nearly say the same, `share` how nearly; `same`: pairs that are told already."""
    numbers = [name for name, feature in domain.features.items() if feature.type == "number" and domain.train[name].nunique() > 2]
    ranks = domain.train[numbers].astype(float).corr(method="spearman", min_periods=20).abs().to_numpy()
    pairs = [(numbers[b], numbers[a], ranks[a, b]) for a in range(len(numbers)) for b in range(a + 1, len(numbers))]
    coded = {name: pd.factorize(domain.train[name])[0] for name in domain.features
             if name not in numbers and 1 < domain.train[name].nunique() <= MANY}
    names = list(coded)
    pairs += [(names[b], names[a], _told(coded[names[a]], coded[names[b]])) for a in range(len(names)) for b in range(a + 1, len(names))]
    told = same | {(other, name) for name, other in same}
    return [{"code": "near_copy", "feature": name, "other": other, "share": float(share)}
            for name, other, share in pairs if share >= NEAR and (name, other) not in told]


def _told(first, second):
    """How often the value of one column tells that of the other, whichever way is worse; 0 where one value is nearly everywhere."""
    known = (first >= 0) & (second >= 0)
    if known.sum() < 20:
        return 0.0
    table = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(table, (first[known], second[known]), 1)
    commonest = max(table.sum(axis=0).max(), table.sum(axis=1).max()) / table.sum()
    return min(table.max(axis=0).sum(), table.max(axis=1).sum()) / table.sum() if commonest < 0.9 else 0.0

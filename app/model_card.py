"""MODEL_CARD.md: what a model trained here is, how it does on the rows kept from training, and its limits."""
import numpy as np

from explainers import scores
from explainers.loading import from_estimator
from explainers.training import SEED, fit

METHODS = {"gradient_boosting": "gradient boosting",
           "logistic_regression": "logistic regression", "random_forest": "random forest"}


def model_card(domain, model):
    """Markdown text; `model` is the domain's model, the others are fitted here for comparison."""
    rivals = {_name(domain): model}
    if domain.file.training.method == "gradient_boosting" and _directions(domain):
        rivals["the same without constraints"] = from_estimator(fit(domain, constraints=False), domain, "")
    if domain.file.training.method != "logistic_regression":
        plain = "ridge regression" if domain.regression else "logistic regression"
        rivals[plain] = from_estimator(fit(domain, "logistic_regression"), domain, "")
    two = len(domain.outcomes) == 2
    table = _regression_table if domain.regression else _binary_table if two else _multiclass_table
    parts = [f"# Model card: {domain.title}", "Made by `python -m app train`; do not edit.", _what(domain, model),
             "## How well it does", table(domain, rivals), _directions(domain), _limits(domain)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _name(domain):
    method = METHODS[domain.file.training.method]
    return f"{method} (this model)"


def _what(domain, model):
    notes = model.notes
    trees = f", {notes['trees']} trees" if "trees" in notes else ""
    settings = {**_defaults(domain), **domain.file.training.settings}
    chosen = ", ".join(f"{name} = {value}" for name, value in settings.items())
    lines = [f"- What it rates: {domain.file.description or domain.title}",
             f"- Kind: {METHODS[domain.file.training.method]} ({notes['estimator']}{trees}, {notes['features']} features), {model.library}",
             f"- Settings: {chosen}; seed {SEED}" if chosen else f"- Settings: those of the library; seed {SEED}",
             f"- Learned from {len(domain.train)} rows; {len(domain.cases)} others were kept back for the figures below.",
             f"- Data: {domain.file.source or domain.file.data}"]
    return "\n".join(lines)


def _defaults(domain):
    from explainers.training import BOOSTING
    return BOOSTING if domain.file.training.method == "gradient_boosting" else {}


def _table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def _figure(found, digits=3):
    value, low, high = found
    return f"{value:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def _binary_table(domain, rivals):
    counted = _hoped_for(domain)
    threshold = domain.threshold if domain.favourable else 0.5
    met = (domain.cases_target == counted).to_numpy()
    scored = {name: model.score(domain.cases, counted) for name, model in rivals.items()}
    rows = [[name, _figure(scores.interval(scores.auc, met, score)),
             _figure(scores.interval(lambda m, s: scores.accuracy(m, s, threshold), met, score)),
             _figure(scores.interval(scores.brier, met, score)),
             _figure(scores.interval(scores.calibration_error, met, score))] for name, score in scored.items()]
    common = max(met.mean(), 1 - met.mean())
    first = next(iter(scored.values()))
    bins = [[f"{part['from']:.2f} to {part['to']:.2f}", str(part["rows"]), f"{part['predicted']:.2f}",
             f"{part['observed']:.2f} ({part['low']:.2f} to {part['high']:.2f})"] for part in scores.calibration(met, first)]
    label = domain.outcomes[counted]
    return "\n\n".join([
        f"On the {len(met)} rows kept from training, with 95 % bootstrap intervals. Always saying the commoner outcome would be "
        f"right in {common:.3f} of them. Brier score and calibration error: smaller is better.",
        _table(["model", "AUC", "accuracy", "Brier score", "calibration error"], rows),
        f"Calibration of this model: predicted probability of \"{label}\" against its share among those rows (95 % Wilson intervals).",
        _table(["predicted between", "rows", "mean prediction", "share that came true"], bins)])


def _multiclass_table(domain, rivals):
    truth = domain.cases_target.to_numpy()
    rows = []
    for name, model in rivals.items():
        predicted = model.predict(domain.cases)
        right = np.array(model.classes, dtype=object)[predicted.argmax(axis=1)] == truth
        known = np.array([model.classes.index(code) if code in model.classes else -1 for code in truth])
        own = np.where(known >= 0, predicted[np.arange(len(truth)), known], 0.0)
        loss = -np.log(np.clip(own, 1e-12, 1))
        rows.append([name, _figure(scores.interval(np.mean, right)), _figure(scores.interval(np.mean, loss))])
    common = domain.cases_target.value_counts(normalize=True).max()
    return "\n\n".join([f"On the {len(truth)} rows kept from training, with 95 % bootstrap intervals. Always saying the commonest "
                        f"outcome would be right in {common:.3f} of them.", _table(["model", "accuracy", "log loss"], rows)])


def _regression_table(domain, rivals):
    truth = domain.cases_target.to_numpy(dtype=float)
    unit = f" ({domain.file.unit})" if domain.file.unit else ""
    rows = []
    for name, model in rivals.items():
        predicted = model.predict(domain.cases)
        rows.append([name] + [_figure(scores.interval(measure, truth, predicted), 2) for measure in (
            scores.mean_absolute_error, scores.root_mean_squared_error, scores.explained_share)])
    guess = np.mean(np.abs(truth - domain.train_target.median()))
    return "\n\n".join([f"On the {len(truth)} rows kept from training, with 95 % bootstrap intervals. Always saying the median would "
                        f"be off by {guess:.2f} on average.",
                        _table(["model", "mean absolute error" + unit, "root mean squared error" + unit, "R squared"], rows)])


def _hoped_for(domain):
    return domain.favourable or list(domain.outcomes)[-1]


def _directions(domain):
    """The constrained directions with what the training rows say about each; empty where there are none."""
    rows = []
    for name, feature in domain.features.items():
        if feature.monotone:
            column, target = domain.train[name], domain.train_target
            good = target if domain.regression else (target == _hoped_for(domain)).astype(float)
            way = {"increasing": "up", "decreasing": "down"}[feature.monotone]
            rows.append([feature.label, way, _levels(feature, column, good)])
    if not rows:
        return ""
    hoped = "the value" if domain.regression else f"\"{domain.outcomes[_hoped_for(domain)]}\""
    return "\n\n".join([
        "## Directions that the model must keep",
        f"As these rise (a category in its written order), the prediction of {hoped} may only move one way. Each is what practice "
        "expects and what the training rows show.", _table(["feature", "direction", "mean outcome along its levels, training rows"], rows)])


def _levels(feature, column, good):
    if feature.type == "number":
        order = np.argsort(column.to_numpy(), kind="stable")
        means = [good.to_numpy()[part].mean() for part in np.array_split(order, 4)]
        return ", ".join(f"{mean:.2f}" for mean in means) + " (quarters)"
    means = [good[(column == raw).to_numpy()].mean() for raw in feature.codes.values()]
    return ", ".join("none" if np.isnan(mean) else f"{mean:.2f}" for mean in means)


def _limits(domain):
    lines = ["## Limits"]
    if domain.file.note:
        lines.append(domain.file.note.strip())
    lines.append(f"The figures come from {len(domain.cases)} rows of the same source; other people, places and times can differ. "
                 "The model shows what went together in these data, not what causes what.")
    sensitive = [feature.label for feature in domain.features.values() if feature.sensitive]
    if sensitive:
        lines.append(f"It uses {', '.join(sensitive)}. That makes their part in a decision visible here; whether a decision may "
                     "rest on them is a matter of law.")
    return "\n\n".join(lines)

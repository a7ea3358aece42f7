"""DiCE and NICE behind one door: raw rows in, raw rows out.

    peer(case_row, probability, count) -> list of raw rows (dictionaries), possibly empty
Both get codes instead of raw values; what comes back is decoded and rounded to the domain's steps.
"""
import contextlib
import io
import warnings

import numpy as np
import pandas as pd


class Codes:
    """Raw frames <-> frames of codes: categories as positions in the written order, numbers as they are."""

    def __init__(self, domain):
        self.domain = domain
        self.numbers = [name for name, feature in domain.features.items() if feature.type == "number"]
        self.raws = {name: [raw for raw in feature.codes.values()] for name, feature in domain.features.items()
                     if feature.type != "number"}
        self.fill = {name: domain.train[name].median() if name in self.numbers else domain.train[name].mode()[0]
                     for name in domain.features}

    def encode(self, frame):
        columns = {}
        for name in self.domain.features:
            values = frame[name].fillna(self.fill[name])
            columns[name] = values.astype(float) if name in self.numbers else values.map(
                {raw: place for place, raw in enumerate(self.raws[name])}).astype(int)
        return pd.DataFrame(columns, index=frame.index)

    def decode(self, frame):
        columns = {}
        for name, feature in self.domain.features.items():
            values = pd.to_numeric(frame[name]).to_numpy(dtype=float)
            if name in self.numbers:
                step = feature.step or 1.0
                columns[name] = np.round(values / step) * step
            else:
                raws = np.array(self.raws[name], dtype=object)
                columns[name] = raws[np.clip(np.round(values), 0, len(raws) - 1).astype(int)]
        return self.domain.typed(pd.DataFrame(columns))


class Asked:
    """The model as the peers call it: frames or arrays of codes in, probabilities of (not wanted, wanted) out."""

    def __init__(self, workspace, codes, wanted):
        self.workspace, self.codes, self.place = workspace, codes, workspace.model.classes.index(wanted)
        self.names = list(workspace.domain.features)

    def predict_proba(self, frame):
        frame = pd.DataFrame(np.asarray(frame), columns=self.names)
        share = self.workspace.model.predict(self._decoded(frame))[:, self.place]
        return np.column_stack([1 - share, share])

    def _decoded(self, frame):
        """Codes -> raw values without rounding numbers, since the peers search between steps too."""
        decoded = self.codes.decode(frame)
        for name in self.codes.numbers:
            decoded[name] = pd.to_numeric(frame[name]).to_numpy(dtype=float)
        return decoded

    def predict(self, frame):
        return (self.predict_proba(frame)[:, 1] >= 0.5).astype(int)


def dice(workspace, wanted, method, changeable):
    """DiCE 0.12 with what is fixed kept out by its own option."""
    import dice_ml
    domain = workspace.domain
    codes = Codes(domain)
    train = codes.encode(domain.train)
    if len(train) > 5000:
        train = train.sample(5000, random_state=0)
    names = [name for name in train if name not in codes.numbers]
    table = train.copy()
    table[names] = table[names].astype(str)
    model = Asked(workspace, codes, wanted)
    table["outcome"] = model.predict(train)
    data = dice_ml.Data(dataframe=table, continuous_features=codes.numbers, outcome_name="outcome")
    explainer = dice_ml.Dice(data, dice_ml.Model(model=model, backend="sklearn"), method=method)

    def ask(row, probability, count):
        query = codes.encode(row).reset_index(drop=True)
        query[names] = query[names].astype(str)
        options = {"random_seed": 0} if method == "random" else {}
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            try:
                found = explainer.generate_counterfactuals(
                    query, total_CFs=count, desired_class=1, features_to_vary=changeable,
                    stopping_threshold=probability, verbose=False, **options).cf_examples_list[0].final_cfs_df
            except Exception as error:
                if "No counterfactuals found" in str(error):
                    return []
                raise
        return [] if found is None or len(found) == 0 else list(codes.decode(found).to_dict("records"))

    return ask


def nice(workspace, wanted, optimization):
    """NICE 0.2.3; it cannot keep a feature fixed and knows no probability but 0.5."""
    from nice import NICE
    domain = workspace.domain
    codes = Codes(domain)
    train = codes.encode(domain.train)
    if len(train) > 5000:
        train = train.sample(5000, random_state=0)
    names = list(train)
    model = Asked(workspace, codes, wanted)
    labels = model.predict(train)
    explainer = NICE(
        X_train=train.to_numpy(dtype=float), predict_fn=model.predict_proba, y_train=labels,
        cat_feat=[place for place, name in enumerate(names) if name not in codes.numbers],
        num_feat=[place for place, name in enumerate(names) if name in codes.numbers],
        distance_metric="HEOM", num_normalization="minmax", optimization=optimization, justified_cf=True,
        auto_encoder=_reconstruction(train.to_numpy(dtype=float)) if optimization == "plausibility" else None)

    def ask(row, probability, count):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = explainer.explain(codes.encode(row).to_numpy(dtype=float))
        return list(codes.decode(pd.DataFrame(np.atleast_2d(found), columns=names)).to_dict("records"))

    return ask


def _reconstruction(rows):
    """The error of a linear autoencoder (half as many components as columns), which NICE needs for its plausibility."""
    from sklearn.decomposition import PCA
    from sklearn.preprocessing import StandardScaler
    scale = StandardScaler().fit(rows)
    encoder = PCA(n_components=max(1, rows.shape[1] // 2), random_state=0).fit(scale.transform(rows))

    def error(found):
        scaled = scale.transform(np.asarray(found, dtype=float))
        return np.square(encoder.inverse_transform(encoder.transform(scaled)) - scaled).mean(axis=1)

    return error

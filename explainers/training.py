"""Fit a model on a domain's training rows: the same rows and seed give the same model."""
import numpy as np
import pandas as pd

SEED = 20


def fit(domain):
    """A scikit-learn Pipeline fitted on `domain.train`; takes raw rows, gives the outcomes' codes as strings."""
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import OrdinalEncoder

    text = [name for name, feature in domain.features.items() if not pd.api.types.is_numeric_dtype(domain.frame[name])]
    nominal = [name for name, feature in domain.features.items()
               if feature.type == "category" and not feature.ordered and len(feature.codes) > 2]
    order = text + [name for name in domain.features if name not in text]
    encode = ColumnTransformer([("codes", OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan), text)],
                               remainder="passthrough", verbose_feature_names_out=False)
    signs = {"increasing": 1, "decreasing": -1}
    signed = [signs.get(domain.features[name].monotone, 0) for name in order]
    if not domain.regression and domain.favourable != max(domain.outcomes):
        signed = [-sign for sign in signed]
    settings = dict(learning_rate=0.05, max_iter=150, max_depth=3, min_samples_leaf=15, l2_regularization=1.0, max_features=0.5,
                    random_state=SEED, early_stopping=False,
                    categorical_features=[order.index(name) for name in nominal])
    if len(domain.outcomes) <= 2:
        settings["monotonic_cst"] = signed
    settings.update(domain.file.training.settings)
    boost = (HistGradientBoostingRegressor if domain.regression else HistGradientBoostingClassifier)(**settings)
    return Pipeline([("encode", encode), ("boost", boost)]).fit(domain.train, domain.train_target)

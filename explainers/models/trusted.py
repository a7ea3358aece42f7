"""Types that a .skops file may hold besides those that skops itself trusts. Making any of them runs no code of the file:
they are data holders of scikit-learn, XGBoost and LightGBM, and pure functions. A test fits each family and loads it back."""

_LOSSES = ["AbsoluteError", "PinballLoss", "HuberLoss", "HalfSquaredError", "HalfPoissonLoss", "HalfGammaLoss", "HalfTweedieLoss",
           "HalfTweedieLossIdentity", "HalfBinomialLoss", "HalfMultinomialLoss", "ExponentialLoss"]
_LINKS = ["Interval", "IdentityLink", "LogLink", "LogitLink", "HalfLogitLink", "MultinomialLogit"]
_COMPILED_LOSSES = ["CyHalfBinomialLoss", "CyHalfMultinomialLoss", "CyHalfSquaredError", "CyHalfPoissonLoss", "CyHalfGammaLoss",
                    "CyHalfTweedieLoss", "CyHalfTweedieLossIdentity", "CyAbsoluteError", "CyPinballLoss", "CyHuberLoss",
                    "CyExponentialLoss"]
_KERNELS = ["ConstantKernel", "WhiteKernel", "RBF", "Matern", "RationalQuadratic", "ExpSineSquared", "DotProduct", "PairwiseKernel",
            "Sum", "Product", "Exponentiation", "CompoundKernel", "Hyperparameter"]
_DISTANCES = ["EuclideanDistance", "SEuclideanDistance", "ManhattanDistance", "ChebyshevDistance", "MinkowskiDistance",
              "HammingDistance", "CanberraDistance", "BrayCurtisDistance", "JaccardDistance"]
_SELECTION = ["f_classif", "f_regression", "chi2", "r_regression", "f_oneway"]
_SPLITS = ["KFold", "StratifiedKFold", "RepeatedKFold", "RepeatedStratifiedKFold", "ShuffleSplit", "StratifiedShuffleSplit",
           "GroupKFold", "TimeSeriesSplit"]

TRUSTED = [
    "collections.OrderedDict", "collections.defaultdict", "functools.partial", "numpy.dtype", "numpy.mean",
    "scipy.interpolate._bsplines.BSpline", "scipy.interpolate._interpolate.interp1d", "scipy.special._basic.factorial",
    "scipy._lib.array_api_compat.numpy._aliases.asarray", "scipy.stats._distn_infrastructure.rv_continuous_frozen",
    "sklearn.tree._tree.Tree", "sklearn.utils._bunch.Bunch", "sklearn.utils.validation.check_array",
    "sklearn.preprocessing._function_transformer.FunctionTransformer",
    "sklearn.ensemble._hist_gradient_boosting.binning._BinMapper",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.compose._column_transformer._RemainderColsList",
    "sklearn.compose._column_transformer.make_column_selector", "numpy.number", "numpy.object_", "builtins.object",
    "sklearn.impute._iterative.IterativeImputer", "sklearn.impute._iterative._ImputerTriplet",
    "sklearn.calibration._TemperatureScaling", "sklearn.calibration._CalibratedClassifier", "sklearn.calibration._SigmoidCalibration",
    "sklearn.gaussian_process._gpc._BinaryGaussianProcessClassifierLaplace",
    "sklearn.neighbors._kd_tree.KDTree", "sklearn.neighbors._ball_tree.BallTree",
    "sklearn.neighbors._kd_tree.KDTree64", "sklearn.neighbors._ball_tree.BallTree64",
    "sklearn.neural_network._stochastic_optimizers.AdamOptimizer", "sklearn.neural_network._stochastic_optimizers.SGDOptimizer",
    "sklearn.multiclass._ConstantPredictor", "sklearn._loss._loss.CyLossFunction",
    "sklearn.linear_model._sgd_fast.Hinge", "sklearn.linear_model._sgd_fast.ModifiedHuber", "sklearn.linear_model._sgd_fast.Log",
    "sklearn.linear_model._sgd_fast.SquaredHinge", "sklearn.linear_model._sgd_fast.Huber",
    "sklearn.linear_model._sgd_fast.EpsilonInsensitive", "sklearn.linear_model._sgd_fast.SquaredEpsilonInsensitive",
    "sklearn.feature_selection._mutual_info.mutual_info_classif", "sklearn.feature_selection._mutual_info.mutual_info_regression",
    "sklearn.metrics._scorer._PassthroughScorer", "sklearn.metrics._scorer._Scorer", "sklearn.metrics._scorer._CurveScorer",
    "sklearn.metrics._classification.balanced_accuracy_score", "sklearn.metrics._classification.accuracy_score",
    "sklearn.metrics._regression.r2_score", "sklearn.utils._metadata_requests.MetadataRequest",
    "sklearn.utils._metadata_requests.MethodMetadataRequest",
    "xgboost.core.Booster", "xgboost.sklearn.XGBClassifier", "xgboost.sklearn.XGBRegressor", "xgboost.sklearn.XGBRFClassifier",
    "xgboost.sklearn.XGBRFRegressor",
    "lightgbm.basic.Booster", "lightgbm.sklearn.LGBMClassifier", "lightgbm.sklearn.LGBMRegressor",
    *(f"sklearn._loss.loss.{name}" for name in _LOSSES),
    *(f"sklearn._loss.link.{name}" for name in _LINKS),
    *(f"sklearn._loss._loss.{name}" for name in _COMPILED_LOSSES),
    *(f"sklearn.gaussian_process.kernels.{name}" for name in _KERNELS),
    *(f"sklearn.metrics._dist_metrics.{name}{bits}" for name in _DISTANCES for bits in ("", "32", "64")),
    *(f"sklearn.feature_selection._univariate_selection.{name}" for name in _SELECTION),
    *(f"sklearn.model_selection._split.{name}" for name in _SPLITS),
]

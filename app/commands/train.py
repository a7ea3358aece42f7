"""Fit the domain's model on its training rows, write it and its model card."""
HELP = "train the domain's model and write its model card"


def arguments(parser):
    parser.add_argument("domain", metavar="D", nargs="?", default="credit",
                        help="a folder in data/, or a path to a domain folder (credit)")
    parser.add_argument("--out", metavar="FILE",
                        help="the model file to write (the one that domain.yaml names, or model.skops)")


def run(options):
    from pathlib import Path

    from app.model_card import model_card
    from explainers.domain import load_domain
    from explainers.errors import ModelProblem
    from explainers.loading import from_estimator, save
    from explainers.training import fit

    domain = load_domain(options.domain)
    path = Path(options.out) if options.out else domain.path / (domain.file.model or "model.skops")
    if path.suffix != ".skops":
        raise ModelProblem("trained_models_are_skops", file=str(path))
    estimator = fit(domain)
    save(estimator, path)
    print(f"{path}: {len(domain.train)} rows learned from, {len(domain.cases)} kept for checking")
    if not options.out:
        card = domain.path / (domain.file.training.card or "MODEL_CARD.md")
        card.write_text(model_card(domain, from_estimator(estimator, domain, "")), encoding="utf-8")
        print(card)
    if domain.file.model is None and not options.out:
        print("Write `model: model.skops` and `holdout: 0.3` into domain.yaml to use it.")
    return 0

"""The cases that can be asked about, with their values: one JSON object a line."""
HELP = "the cases that can be asked about, with their values"


def arguments(parser):
    from app.commands import domain_arguments
    domain_arguments(parser)
    parser.add_argument("--json", action="store_true", help="accepted like everywhere; the output is JSON anyway")


def run(options):
    from app.commands import print_lines
    from explainers.domain import load_domain
    domain = load_domain(options.domain, options.language)
    columns = {name: [feature.json(raw) for raw in domain.cases[name].tolist()]
                                   for name, feature in domain.features.items()}
    print_lines({"case": case, "values": dict(zip(columns, row))}
                for case, row in zip(domain.cases.index, zip(*columns.values())))
    return 0

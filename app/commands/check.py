"""What was understood of a domain folder, in plain words, with what looks doubtful."""
HELP = "read a domain folder and its model, and tell what was understood"


def arguments(parser):
    parser.add_argument("domain", metavar="D", nargs="?", default="credit",
                        help="a folder in data/, or a path to a domain folder (credit)")
    parser.add_argument("--trust", action="store_true",
                        help="load a model file that can run code (pickle, joblib, module:function)")


def run(options):
    from app.domain_report import domain_report
    from explainers.workspace import open_workspace
    for line in domain_report(open_workspace(options.domain, trust=options.trust)):
        print(line)
    return 0

"""What the model says of each case, or of each row of a file: one JSON object a line."""
HELP = "the model's outcome and probabilities for all cases, or for the rows of a file"
BATCH = 5000


def arguments(parser):
    from app.commands import domain_arguments
    domain_arguments(parser)
    parser.add_argument("--rows", metavar="FILE",
                        help="rate the rows of this CSV file (columns by name or label) instead of the cases")
    parser.add_argument("--json", action="store_true", help="accepted like everywhere; the output is JSON anyway")


def run(options):
    from app.commands import print_lines, workspace
    from explainers.rows_file import read_rows
    work = workspace(options)
    rows = read_rows(options.rows, work.domain) if options.rows else work.domain.cases
    for start in range(0, len(rows), BATCH):
        print_lines(predictions(work, rows.iloc[start:start + BATCH]))
    return 0


def predictions(work, rows):
    """One dictionary a row: case with outcome, label and probabilities, or with value and unit."""
    domain, found = work.domain, work.model.predict(rows)
    if domain.regression:
        unit = domain.file.unit
        return [{"case": case, "value": float(value), "unit": unit} for case, value in zip(rows.index, found)]
    outcomes, classes = work.decide(found), work.model.classes
    return [{"case": case, "outcome": outcome, "label": domain.outcomes[outcome], "probabilities": dict(zip(classes, row))}
            for case, outcome, row in zip(rows.index, outcomes, found.tolist())]

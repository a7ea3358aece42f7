"""Why the model says what it says of each case, and what would change it: one JSON object a case, written to a file.

Standard output gets one JSON object: how many cases there were, and what it takes to turn the unfavourable ones by group
of each sensitive feature.
"""
import json
import sys
import time
from pathlib import Path

HELP = "reasons and ways to another outcome for many cases, and the cost of recourse by group"
EVERY = 5.0     # seconds between two lines of progress


def arguments(parser):
    from app.commands import domain_arguments
    domain_arguments(parser)
    parser.add_argument("--rows", metavar="FILE",
                        help="explain the rows of this CSV file (columns by name or label) instead of the cases")
    parser.add_argument("--out", metavar="FILE", required=True, help="where to write: one JSON object a case and line")
    parser.add_argument("--json", action="store_true", help="accepted like everywhere; the output is JSON anyway")


def run(options):
    from app.commands import print_json, workspace
    from explainers.errors import InputProblem
    from explainers.rows_file import read_rows
    from explainers.search.recourse import recourse_by_group
    work = workspace(options)
    rows = read_rows(options.rows, work.domain) if options.rows else work.domain.cases
    found = []
    try:
        with Path(options.out).open("w", encoding="utf-8") as file:
            for entry in _reported(entries(work, rows, given=bool(options.rows)), len(rows)):
                found.append(entry)
                file.write(json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n")
    except OSError as error:
        raise InputProblem("out_not_writable", file=options.out, reason=error.strerror or str(error)) from error
    first = [entry["options"][0] if entry["options"] else None for entry in found]
    waiting = [entry["outcome"] != work.domain.favourable for entry in found]
    sensitive = [name for name, feature in work.domain.features.items() if feature.sensitive]
    groups = [] if work.domain.favourable is None else sensitive
    print_json({"cases": len(found), "unfavourable": sum(waiting) if work.domain.favourable is not None else None,
                "out": str(options.out), "recourse": [recourse_by_group(work, name, rows, waiting, first) for name in groups]})
    return 0


def entries(work, rows, given):
    """A dictionary for each row; `given`: rows of a file, so not cases of the domain."""
    for place, case in enumerate(rows.index):
        yield entry_of(work, str(case), rows.iloc[[place]], given)


def entry_of(work, case, row, given):
    """{"case", "outcome", "probabilities" (or "value"), "why", "options", ...} of a one-row frame."""
    from explainers.errors import InputProblem
    from explainers.explain import explain
    from explainers.search.find import state
    from explainers.types import Ask, Query, Subject
    subject = Subject(new=work.domain.values(row)) if given else Subject(case=case)
    entry = {"case": case, **state(work, work.model.predict(row)), "why": None, "options": [], "none_because": None,
             "proven": None}
    why = explain(Query(subject=subject, asks=(Ask("why"),)), work)[0]
    entry["why"] = {"output": why.output, "outcome": why.outcome, "baseline": why.result["baseline"],
                    "value": why.result["value"], "method": why.result["method"],
                    "contributions": why.result["contributions"]}
    try:
        change = explain(Query(subject=subject, asks=(Ask("counterfactual"),)), work)[0].result
    except InputProblem as problem:
        return entry | {"none_because": {"code": problem.code, "lift": [], "nearest": None}}
    return entry | {name: change[name] for name in ("options", "none_because", "proven", "target")}


def _reported(entries, count):
    """The entries as they come, with progress on standard error."""
    started = told = time.perf_counter()
    done = 0
    for done, entry in enumerate(entries, start=1):
        yield entry
        if time.perf_counter() - told > EVERY:
            told = time.perf_counter()
            print(f"{done} of {count} cases, {told - started:.0f} s", file=sys.stderr, flush=True)
    print(f"{done} of {count} cases done in {time.perf_counter() - started:.1f} s", file=sys.stderr, flush=True)

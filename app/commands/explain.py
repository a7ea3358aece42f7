"""Why the model says what it says of each case, and what would change it: one JSON object a case, written to a file.

Standard output gets one JSON object: how many cases there were, and what it takes to turn the unfavourable ones by group
of each sensitive feature; standard error gets the latter as a table.
"""
import json
import sys
import time
from pathlib import Path

HELP = "reasons and ways to another outcome for many cases, and the cost of recourse by group"


def arguments(parser):
    from app.commands import domain_arguments
    domain_arguments(parser)
    parser.add_argument("--rows", metavar="FILE",
                        help="explain the rows of this CSV file (columns by name or label) instead of the cases")
    parser.add_argument("--out", metavar="FILE", required=True, help="where to write: one JSON object a case and line")
    parser.add_argument("--json", action="store_true", help="accepted like everywhere; the output is JSON anyway")


def run(options):
    from app.commands import print_json, workspace
    from app.terminal import progress_told
    from explainers.errors import InputProblem
    from explainers.rows_file import read_rows
    from explainers.search.recourse import recourse_by_group
    work = workspace(options)
    rows = read_rows(options.rows, work.domain) if options.rows else work.domain.cases
    found, started = [], time.perf_counter()
    try:
        with Path(options.out).open("w", encoding="utf-8") as file:
            with progress_told(options.language):
                for entry in entries(work, rows, given=bool(options.rows)):
                    found.append(entry)
                    file.write(json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n")
    except OSError as error:
        raise InputProblem("out_not_writable", file=options.out, reason=error.strerror or str(error)) from error
    print(f"{len(found)} of {len(rows)} cases done in {time.perf_counter() - started:.1f} s", file=sys.stderr, flush=True)
    first = [entry["options"][0] if entry["options"] else None for entry in found]
    unfavourable = [entry["outcome"] != work.domain.favourable for entry in found]
    sensitive = [name for name, feature in work.domain.features.items() if feature.sensitive]
    groups = [] if work.domain.favourable is None else sensitive
    recourse = [recourse_by_group(work, name, rows, unfavourable, first) for name in groups]
    print(_table(recourse), end="", file=sys.stderr, flush=True)
    print_json({"cases": len(found), "unfavourable": sum(unfavourable) if work.domain.favourable is not None else None,
                "out": str(options.out), "recourse": recourse})
    return 0


def _table(recourse):
    """The cost of recourse by group as people read it: a heading for each feature, a line for each group."""
    lines = []
    for part in recourse:
        lines.append(f"{part['label']}: cost of the cheapest way to the outcome that people hope for")
        for group in part["groups"]:
            cost, none = group["cost"], group["without"]
            told = "no way found" if cost is None and group["asked"] else "nobody needs one"
            if cost is not None:
                spread = "" if cost["low"] is None else f" ({cost['low']:.2f} to {cost['high']:.2f})"
                told = f"mean {cost['mean']:.2f}{spread}, median {cost['median']:.2f}, no way for {none['count']}"
            lines.append(f"  {group['label']}: {group['refused']} of {group['size']} need one; {told}")
    return "".join(f"{line}\n" for line in lines)


def entries(work, rows, given):
    """A dictionary for each row; `given`: rows of a file, so not cases of the domain."""
    from explainers.progress import steps
    for place, case in enumerate(steps("cases", rows.index)):
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

"""Counterfactuals beside DiCE 0.12 and NICE 0.2.3, on the same cases, models and targets.

    python -m venv peers && peers/bin/pip install -r tests/benchmarks/counterfactuals-requirements.txt
    peers/bin/pip install --no-deps NICEx==0.2.3
    peers/bin/python -m tests.benchmarks.counterfactuals --adult adult.csv --keep peers --write

`--write` puts the tables into docs/counterfactuals.md. `--adult` is the UCI Adult file with a header (32,561 rows);
without it a made-up table of 30,000 rows takes its place. `--keep` is a folder for what the peers found, which takes most
of the time: as long as data and models stay, it is read from there.
"""
import argparse
import json
import pickle
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from explainers.explain import explain
from explainers.relations import relations_of
from explainers.search.constraints import read_constraints
from explainers.search.find import space_of
from explainers.search.target import MARGIN
from explainers.types import Ask, Query, Subject
from tests.benchmarks.counterfactuals_best import best_four
from tests.benchmarks.counterfactuals_data import MODELS, domains, refused
from tests.benchmarks.counterfactuals_measure import Judge, exhaustive
from tests.benchmarks.counterfactuals_peers import dice, nice

DOCS = Path(__file__).resolve().parents[2] / "docs" / "counterfactuals.md"
EXACT = {"credit": 20, "wide": 4}
START, END = "<!-- figures -->", "<!-- end of figures -->"
PEERS = {"DiCE random, 1": ("random", 1), "DiCE random, 4": ("random", 4), "DiCE genetic, 1": ("genetic", 1),
         "DiCE genetic, 4": ("genetic", 4), "DiCE kd-tree, 1": ("kdtree", 1), "DiCE kd-tree, 4": ("kdtree", 4),
         "NICE sparsity": ("sparsity", 1), "NICE proximity": ("proximity", 1), "NICE plausibility": ("plausibility", 1)}


def ours(workspace, case, wanted, probability, **options):
    """(options, seconds, whole result) through the same door as every front end."""
    target = {"outcome": wanted, "probability": probability}
    domain = workspace.domain
    subject = Subject(case=case) if case in domain.cases.index else Subject(new=domain.values(domain.frame.loc[[case]]))
    query = Query(subject=subject, asks=(Ask("counterfactual", {"target": target, **options}),))
    started, worked = time.perf_counter(), time.process_time()
    result = explain(query, workspace)[0].result
    return result["options"], time.perf_counter() - started, {**result, "processor": time.process_time() - worked}


def measure(workspace, wanted, cases, probability, peers, sizes, exact_cases):
    """(one dictionary for each case and method, costs of the first option beside exhaustive search); `peers`: see `asked_peers`."""
    judge = Judge(workspace, wanted)
    fixed = read_constraints(Ask("counterfactual", {}), workspace.domain, relations_of(workspace).followed).fixed
    ours(workspace, cases[0], wanted, probability)
    rows, exact = [], []
    for number, case in enumerate(cases):
        row = workspace.domain.frame.loc[[case]]
        now = {name: row[name].tolist()[0] for name in row}
        options, seconds, result = ours(workspace, case, wanted, probability)
        mine = [judged(judge, now, raw(workspace.domain, option["row"]), probability, recompute=False) for option in options]
        rows.append({"who": "Because", "seconds": seconds, "found": mine, "proven": result["proven"],
                     "processor": result["processor"]})
        if number < exact_cases:
            space = space_of(workspace, row, fixed)
            plain = ours(workspace, case, wanted, probability, margin=0, plausibility=False)[0]
            known = [found[0]["cost"] if found else np.inf for found in (plain, options)]
            exact.append((*known, *exhaustive(judge, now, probability, space, sizes, result["safety"]["plausibility"], known)))
        usual = [one for one, option in zip(mine, options) if option["real_case"] is None]
        theirs = [{"who": name, "seconds": taken, "ours": mine, "usual": usual,
                   "found": [judged(judge, now, unrounded(workspace.domain, now, other), probability, recompute=True)
                             for other in found]} for name, taken, found in peers.get(case, ())]
        rows += theirs
        good = [(one, judge.followed(now, unrounded(workspace.domain, now, other)))
                for (*_, found), entry in zip(peers.get(case, ()), theirs) for one, other in zip(entry["found"], found)
                if one["valid"] and one["holds"]]
        for (one, _), is_met in zip(good, best_four(judge, now, row, probability, good) if good else ()):
            one["met"] = bool(is_met)
        print(f"  {number + 1} of {len(cases)} cases", end="\r", file=sys.stderr, flush=True)
    return rows, exact


def asked_peers(workspace, wanted, cases, probability, peers, slow_cases):
    """case -> [(name of the method, seconds, changed rows)]."""
    fixed = read_constraints(Ask("counterfactual", {}), workspace.domain, relations_of(workspace).followed).fixed
    changeable = [column for player in workspace.domain.players if player.name not in fixed for column in player.columns]
    asks = {name: nice(workspace, wanted, how) if name.startswith("NICE") else dice(workspace, wanted, how, changeable)
            for name, (how, _) in peers.items()}
    answers = {case: [] for case in cases}
    for number, case in enumerate(cases):
        for name, (_, count) in peers.items():
            if number < slow_cases or not ("kd-tree" in name or "genetic" in name):
                started = time.perf_counter()
                found = asks[name](workspace.domain.frame.loc[[case]], probability, count)
                answers[case].append((name, time.perf_counter() - started, found))
    return answers


def kept(folder, name, make):
    """What `make()` gives, kept in a file of the folder where there is one."""
    path = Path(folder) / f"{name}.pickle" if folder else None
    if path and path.exists():
        return pickle.loads(path.read_bytes())
    made = make()
    if path:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(pickle.dumps(made))
    return made


def unrounded(domain, now, other):
    """A peer's row in which numbers that rounding to steps alone has moved are what they were."""
    near = lambda name: abs(other[name] - now[name]) <= (domain.features[name].step or 1.0) / 2 + 1e-9
    return {name: now[name] if domain.features[name].type == "number" and not pd.isna(now[name]) and near(name) else value
            for name, value in other.items()}


def raw(domain, values):
    return domain.rows([values]).iloc[0].to_dict()


def judged(judge, now, row, probability, recompute):
    """{"valid", "holds", "cost", "changes", "plausibility"} of one changed row."""
    kept = judge.followed(now, row)
    if recompute and kept is None:
        return {"valid": False, "holds": False, "secure": False, "cost": np.nan, "changes": 0, "plausibility": np.nan}
    row = kept if recompute else row
    score = judge.scores([row])[0]
    holds = judge.holds(now, row) and (recompute or all(kept[name] == row[name] or pd.isna(row[name]) for name in row))
    secure = score >= max(probability, judge.domain.threshold + MARGIN) and judge.steady(row)
    return {"valid": bool(score >= probability), "holds": bool(holds), "secure": bool(secure), "cost": judge.cost(now, row),
            "changes": len(judge.changes(now, row)), "plausibility": judge.plausibility(row)}


def beaten(other, mine):
    """Is one of ours at least as good in cost, number of changes and distance (to three decimals) at once?"""
    return any(one["cost"] <= other["cost"] + 1e-9 and one["changes"] <= other["changes"]
               and round(one["plausibility"], 3) <= round(other["plausibility"], 3) for one in mine)


def summary(rows, exact):
    """Lines of the table: one a method."""
    best = {}
    order = dict.fromkeys(row["who"] for row in rows)
    for who in order:
        of = [row for row in rows if row["who"] == who]
        found = [[one for one in row["found"] if one["valid"] and one["holds"]] for row in of]
        every = [one for row in of for one in row["found"]]
        first = [min(one["cost"] for one in entries) for entries in found if entries]
        good = [one for entries in found for one in entries]
        against = [(beaten(one, row["ours"]), beaten(one, row["usual"]), beaten(one, row["ours"]) or one["met"], one["secure"])
                   for row, entries in zip(of, found) if "ours" in row
                   for one in entries]
        secure = [pair for *pair, is_secure in against if is_secure]
        share = lambda pairs, side: np.mean([pair[side] for pair in pairs]) if pairs else np.nan
        best[who] = {
            "cases": len(of), "found": np.mean([bool(entries) for entries in found]),
            "valid": np.mean([one["valid"] for one in every]) if every else np.nan,
            "hold": np.mean([one["holds"] for one in every]) if every else np.nan,
            "cost": np.median(first) if first else np.nan,
            "changes": np.mean([one["changes"] for one in good]) if good else np.nan,
            "plausibility": np.median([one["plausibility"] for one in good]) if good else np.nan,
            "median": np.median([row["seconds"] for row in of]), "max": max(row["seconds"] for row in of),
            "matched": share(secure, 0), "usual": share(secure, 1), "best": share(secure, 2), "compared": len(secure),
            "matched_all": share(against, 0), "usual_all": share(against, 1), "compared_all": len(against)}
    if exact:
        best["Because"]["exact"] = np.mean([plain <= wanted + 1e-9 for plain, _, wanted, _ in exact])
        best["Because"]["exact_safe"] = np.mean([safe <= wanted + 1e-9 for _, safe, _, wanted in exact])
        best["Because"]["exact_cases"] = len(exact)
    proven = [row["proven"] for row in rows if row["who"] == "Because"]
    best["Because"]["proven"] = np.mean(proven)
    worked = [row["processor"] for row in rows if row["who"] == "Because"]
    best["Because"] |= {"processor": np.median(worked), "processor_max": max(worked)}
    return best


def table(title, best):
    lines = [f"### {title}", "", "| method | cases | found | valid | hold constraints | cost of first (median) | changes | "
             "distance | s (median) | s (max) | ours at least as good, equally safe | of all |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    share = lambda value: "-" if np.isnan(value) else f"{100 * value:.0f} %"
    number = lambda value, digits=2: "-" if np.isnan(value) else f"{value:.{digits}f}"
    for who, found in best.items():
        lines.append(f"| {who} | {found['cases']} | {share(found['found'])} | {share(found['valid'])} | {share(found['hold'])} | "
                     f"{number(found['cost'])} | {number(found['changes'], 1)} | {number(found['plausibility'], 3)} | "
                     f"{number(found['median'], 3)} | {number(found['max'], 3)} | "
                     + " ".join(f"{share(found[key])} of {found[of]} |" if found[of] else "- |"
                                for key, of in (("matched", "compared"), ("matched_all", "compared_all"))))
    own = best["Because"]
    total = {of: sum(found[of] for found in best.values()) for of in ("compared", "compared_all")}
    every = {key: sum(found[key] * found[of] for found in best.values() if found[of]) / max(1, total[of])
             for key, of in (("matched", "compared"), ("matched_all", "compared_all"),
                             ("usual", "compared"), ("usual_all", "compared_all"), ("best", "compared"))}
    lines += ["", f"Because took {1000 * own['processor']:.0f} ms of processor time a case "
              f"(median; {1000 * own['processor_max']:.0f} at most). "
              f"Optimum proven in {share(own['proven'])} of the cases"
              + (f"; the first option cost no more than exhaustive search found, of {own['exact_cases']} cases, under the same margin, "
                 f"noise and plausibility in {share(own['exact_safe'])}, with all three off in {share(own['exact'])}."
                 if "exact" in own else "."),
              f"Of the peers' {total['compared']} counterfactuals that hold the constraints, the margin and the noise, one of ours is "
              f"at least as good in cost, number of changes and distance at once for {share(every['matched'])}; of all "
              f"{total['compared_all']} that hold the constraints for {share(every['matched_all'])}. "
              f"The best four options, chosen with the peers' rows known, could be so for {share(every['best'])} "
              "of the former (without the option that "
              f"keeps close to a real case ours are for {share(every['usual'])} and {share(every['usual_all'])}).", ""]
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adult", help="the UCI Adult file with a header")
    parser.add_argument("--cases", type=int, default=50)
    parser.add_argument("--exact", type=int, help="cases compared with exhaustive search (without: credit 20, wide 4)")
    parser.add_argument("--slow", type=int, default=10, help="cases for DiCE genetic and kd-tree")
    parser.add_argument("--data", default="credit,wide,large")
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--targets", default="0.5,0.75")
    parser.add_argument("--peers", default=",".join(PEERS).replace(", ", "_"))
    parser.add_argument("--keep", help="folder for what the peers found")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/counterfactuals.md")
    parser.add_argument("--json", help="keep the figures in this file too")
    options = parser.parse_args()
    wanted_peers = [name.replace("_", ", ") for name in options.peers.split(",") if name]
    lines, figures = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for name, make in domains(Path(folder), options.adult, options.data.split(",")):
            for kind in options.models.split(","):
                workspace, wanted = make(kind)
                cases = refused(workspace, wanted, options.cases)
                for probability in map(float, options.targets.split(",")):
                    peers = {who: PEERS[who] for who in wanted_peers if probability == 0.5 or not who.startswith("NICE")}
                    answers = kept(options.keep, f"{name}-{kind}-{probability}", lambda: asked_peers(
                        workspace, wanted, cases, probability, peers, options.slow))
                    rows, exact = measure(workspace, wanted, cases, probability, answers, 2 if name == "wide" else 3,
                                          EXACT.get(name, 0) if options.exact is None else options.exact)
                    title = f"{name}, {MODELS[kind]}, probability {probability}"
                    figures[title] = summary(rows, exact)
                    lines += table(title, figures[title])
                    print("\n".join(table(title, figures[title])), flush=True)
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=1, default=float), encoding="utf-8")
    if options.write:
        text = DOCS.read_text(encoding="utf-8")
        before, rest = text.split(START)
        DOCS.write_text(before + START + "\n\n" + "\n".join(lines) + END + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()

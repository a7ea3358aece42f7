"""`python -m app evaluate understanding`: how well questions are understood, on questions kept for this."""

import importlib.util
import sys
import time
from pathlib import Path

from app.commands import print_json

HELP = "measure the understanding of questions on the evaluation questions"
QUESTIONS = Path(__file__).resolve().parent.parent.parent / "tests" / "understanding"


def arguments(parser):
    parser.add_argument("what", choices=["understanding"], help="what is measured")
    parser.add_argument("--half", choices=["tune", "held", "both"], default="both", help="half of the questions (both)")
    parser.add_argument("--errors", action="store_true", help="print what was missed in the tuning half")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON lines")


def run(options):
    results = list(_results(options.half))
    if options.errors:
        for result in results:
            if result["half"] == "tune" and not result["full"]:
                print(
                    f"{result['domain']} {result['style']}: {result['text']!r}\n  gold {result['gold']}\n  mine {result['mine']}"
                )
    tables = [
        ("all", lambda r: "all"),
        ("style", lambda r: r["style"]),
        ("domain", lambda r: r["domain"]),
        ("kind", lambda r: r["kinds"]),
    ]
    for half in ("tune", "held"):
        part = [result for result in results if result["half"] == half]
        if part:
            for title, key in tables:
                _table(half, title, key, part, options.json)
            _reliability(half, part, options.json)
    times = sorted(result["milliseconds"] for result in results)
    _show({"questions": len(times), "median_milliseconds": round(times[len(times) // 2], 1)}, options.json)
    return 0


def _results(half):
    from dialogue.types import Question
    from dialogue.understanding import understand
    from explainers.domain import load_domain
    from explainers.domain_file import read_yaml

    comparison = _comparison()
    domains = {}
    for path in sorted(QUESTIONS.glob("*.yaml")):
        for entry in read_yaml(path)[0]:
            if half not in ("both", entry["half"]):
                continue
            name = entry["domain"]
            if name not in domains:
                own = QUESTIONS / "domains" / name
                domains[name] = load_domain(str(own) if own.is_dir() else name)
            for turn, memory in comparison.walk(entry, domains[name]):
                started = time.perf_counter()
                query = understand(Question(turn["text"]), memory, domains[name])
                spent = 1000 * (time.perf_counter() - started)
                verdict = comparison.judge(query, turn, memory, domains[name])
                yield {
                    "text": turn["text"],
                    "domain": name,
                    "style": entry["style"],
                    "half": entry["half"],
                    "kind": verdict.kind,
                    "full": verdict.full,
                    "false": verdict.false_answer,
                    "kinds": _kinds(turn["query"]),
                    "gold": turn["query"],
                    "mine": query.to_json(),
                    "confidence": query.confidence,
                    "status": query.status,
                    "milliseconds": spent,
                }


def _comparison():
    """tests/understanding/comparison.py holds the rule for when a Query is right."""
    spec = importlib.util.spec_from_file_location("because_comparison", QUESTIONS / "comparison.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _kinds(query):
    return "+".join(ask["kind"] for ask in query.get("asks", ())) or query.get("status", "understood")


def _table(half, title, key, results, as_json):
    groups = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    for name, found in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        share = lambda field: round(100 * sum(result[field] for result in found) / len(found), 1)
        row = {
            "half": half,
            title: name,
            "questions": len(found),
            "kind_right": share("kind"),
            "full_right": share("full"),
        }
        refused = [result for result in found if result["style"] == "refuse"]
        if refused:
            row["false_answers"] = round(100 * sum(result["false"] for result in refused) / len(refused), 1)
        _show(row, as_json)


def _reliability(half, results, as_json):
    """How often a stated confidence is right, in five bands."""
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.01)):
        band = [r for r in results if low <= r["confidence"] < high and r["status"] in ("understood", "social")]
        if band:
            _show(
                {
                    "half": half,
                    "confidence_from": low,
                    "questions": len(band),
                    "stated": round(sum(r["confidence"] for r in band) / len(band), 3),
                    "kind_right": round(sum(r["kind"] for r in band) / len(band), 3),
                },
                as_json,
            )


def _show(row, as_json):
    if as_json:
        print_json(row)
    else:
        print("  ".join(f"{key} {value}" for key, value in row.items()))

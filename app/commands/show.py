"""Look a stored answer up, or compute it again and compare."""
from app.commands import print_json

HELP = "show a stored answer; --replay computes it again and says whether it is the same"


def arguments(parser):
    parser.add_argument("record", metavar="RECORD", help="number of the record, as it stands under an answer")
    parser.add_argument("--replay", action="store_true",
                        help="compute it again in this process and compare; exit code 1 if it differs")
    parser.add_argument("--trust", action="store_true", help="for --replay: load a model file that can run code")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(options):
    from app.records import Records
    record = Records().find(options.record)
    options.language = record.language
    if not options.replay:
        print_json(record.to_json()) if options.json else _print(record)
        return 0
    return _replay(record, options)


def _replay(record, options):
    from app.commands.ask import as_answer
    from app.records import SAME, replay
    from app.terminal import progress_told
    from explainers.workspace import open_workspace
    with progress_told(record.language):
        turn, differing = replay(record, open_workspace(record.domain, record.language, trust=options.trust))
    same = not any(name in differing for name in ("evidence", *SAME))
    if options.json:
        answer = as_answer(turn) | {"record": None}
        print_json({"record": record.id, "same": same, "differs": differing, "answer": answer})
    else:
        print(f"{record.id}: " + ("the same answer" if same else "not the same answer"))
        for name in differing:
            print(f"  {name} differs" if name not in MADE_WITH else f"  the {MADE_WITH[name]} has changed since")
    return 0 if same else 1


MADE_WITH = {"model": "model", "data": "domain's data or its domain.yaml", "code": "program"}


def _print(record):
    from app.terminal import readable, told
    facts = {"record": record.id, "asked": record.created, "domain": record.domain, "session": record.session or "-",
             "turn": record.turn, "level": record.level, "language": record.language, "model": record.model_hash or "-",
             "data": record.data_hash, "program": record.code_version, "took": f"{record.milliseconds:.0f} ms"}
    for name, value in facts.items():
        print(f"{name:9} {value}")
    print(f"\n> {record.question['text']}\n\n{told(record.answer)}")
    if record.answer.get("worked_out"):
        print(f"\n{readable(record.answer['worked_out'])}")
    for entry in record.evidence:
        print(f"\nevidence  {entry['kind']} by {entry['explainer']} ({entry['library']}), {entry['output']}, "
              f"seed {entry['seed']}, {1000 * entry['seconds']:.0f} ms")
    print(f"\nThe whole of it: python -m app show {record.id} --json")

"""Ask in words; several questions are one conversation."""
import sys

from app.commands import domain_arguments, print_json, workspace

HELP = "ask about a case or the model, in your own words"


def arguments(parser):
    domain_arguments(parser)
    parser.add_argument("--case", metavar="ID", help="whom the questions are about")
    parser.add_argument("--level", choices=("plain", "practitioner", "expert"), default="plain",
                        help="for which reader (plain)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line for each answer")
    parser.add_argument("questions", nargs="+", metavar="QUESTION", help="a question, then its follow-ups")


def run(options):
    """Exit code 2 where one of the questions could not be answered because something in it was wrong."""
    from app.pipeline import check, respond
    from app.records import Records
    from app.terminal import progress_told
    from dialogue.types import Memory
    for text in options.questions:
        check(text)
    space, records = workspace(options), Records()
    memory = Memory(language=options.language, level=options.level)
    if options.case is not None:
        space.domain.case(options.case)
        memory = memory.about(options.case)
    failed = False
    for place, text in enumerate(options.questions):
        with progress_told(memory.language):
            turn = respond(text, memory, space, store=records)
        memory, failed = turn.memory, failed or turn.answer.status == "failed"
        _tell(turn, options.json, place)
    return 2 if failed else 0


def _tell(turn, as_json, place):
    if turn.answer.status == "failed":
        print(" ".join(turn.answer.text.split()), file=sys.stderr)
    if as_json:
        print_json(as_answer(turn))
    elif turn.answer.status != "failed":
        from app.terminal import told
        print(("\n" if place else "") + told(turn.answer.to_json()) + f"\n\n[{turn.record}]", flush=True)


def as_answer(turn):
    """A turn as the JSON that leaves the program; `parsed` is the query as understood, `query` as computed."""
    answer = turn.answer.to_json()
    first = {"question": turn.question.text, "query": turn.query.to_json(), "parsed": turn.parsed.to_json()}
    after = {"evidence": [e.to_json() for e in turn.evidence], "record": turn.record, "milliseconds": turn.milliseconds}
    return first | answer | after

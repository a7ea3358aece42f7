"""`python -m app parse`: how a question is understood, as JSON."""

import sys

from app.commands import domain_arguments, print_json

HELP = "print how a question is understood, one Query (JSON) a line"


def arguments(parser):
    domain_arguments(parser)
    parser.add_argument(
        "--batch",
        action="store_true",
        help="read questions from standard input, one a line (blank lines too), each on its own",
    )
    parser.add_argument("question", nargs="*", help="one or more questions, each on its own")


def run(options):
    from dialogue.types import Memory, Question
    from dialogue.understanding import understand
    from explainers.domain import load_domain

    domain = load_domain(options.domain, options.language)
    memory = Memory(language=options.language)
    for text in _lines() if options.batch else options.question:
        print_json(understand(Question(text, language=options.language), memory, domain).to_json())
    return 0


def _lines():
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")

"""The command line: finds the command, reads its options, turns a Problem into one line and exit code 2."""
import argparse
import os
import sys

from app.commands import commands, load

DEFAULT = "serve"


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one line."""

    def error(self, message):
        print(f"{self.prog}: {message} (see {self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


def main(arguments):
    """Run one command; returns the exit code. Faults of the program keep their traceback (exit code 1)."""
    _utf8()
    # One thread each: several visitors share the cores, and threads that wait for each other cost more than they save.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    arguments = [os.fsencode(argument).decode("utf-8", "replace") for argument in arguments]
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader has gone (`| head`); what is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130


def _run(arguments):
    name, rest = _split(arguments)
    if name is None:
        return rest
    module = load(name)
    parser = Parser(prog=f"python -m app {name}", description=module.HELP, allow_abbrev=False)
    parser.add_argument("--var", metavar="DIR", help="folder of the database and caches (var/, or $BECAUSE_VAR)")
    module.arguments(parser)
    options = parser.parse_args(rest)
    if options.var:
        # Set before anything that reads it is imported; worker processes inherit it.
        os.environ["BECAUSE_VAR"] = os.path.abspath(options.var)
    from explainers.errors import Problem
    try:
        return module.run(options) or 0
    except Problem as problem:
        from dialogue.phrasing.sentence import problem_sentence
        print(problem_sentence(problem, getattr(options, "language", "en")), file=sys.stderr)
        return 2


def _split(arguments):
    """(command, its arguments); (None, exit code) where there is nothing to run."""
    found = commands()
    if arguments and arguments[0] in ("-h", "--help", "help"):
        print(_overview(found))
        return None, 0
    if not arguments or arguments[0].startswith("-"):
        return DEFAULT, arguments
    if arguments[0] in found:
        return arguments[0], arguments[1:]
    print(f"python -m app: there is no command {arguments[0]!r}; there are {', '.join(found)}", file=sys.stderr)
    return None, 2


def _overview(found):
    width = max(map(len, found))
    lines = [f"  {name:{width}}  {line}" for name, line in found.items()]
    return "\n".join(["Because answers people's questions about decisions that a model made or informed.", "",
                      f"python -m app [COMMAND] [options]      without a command: {DEFAULT}", "", *lines, "",
                      "python -m app COMMAND --help tells its options."])


def _utf8():
    """UTF-8 in and out whatever the locale; what cannot be decoded or encoded is replaced, not a crash."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")

"""The chat page on this machine."""
import sys

from app.commands import domain_arguments, workspace

HELP = "the chat page, on 127.0.0.1"


def arguments(parser):
    domain_arguments(parser, required=False)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine alone)")
    parser.add_argument("--port", type=int, default=7860, help="port to listen on (7860)")


def run(options):
    """Serve until interrupted; exit code 2 where the port is taken."""
    import socket
    from app.page import application
    from app.records import Records
    from app.sessions import Sessions
    space = workspace(options)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError:
            print(f"python -m app serve: port {options.port} of {options.host} is not free; choose another with --port",
                  file=sys.stderr)
            return 2
    import threading
    import uvicorn
    from app.feedback import Feedback
    from app.page.visit import Visits
    from app.page.warm import warm
    space.model
    visits = Visits(space, Sessions(), Feedback(), options.language)
    threading.Thread(target=warm, args=[visits], daemon=True).start()
    web = application(visits, Records())
    print(f"Because is at http://{options.host}:{options.port}  (stop with Ctrl+C)", flush=True)
    uvicorn.run(web, host=options.host, port=options.port, log_level="warning", access_log=False)
    return 0

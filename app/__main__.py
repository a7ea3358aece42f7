"""`python -m app`: the chat page; `python -m app COMMAND`: one of the files in app/commands."""
import sys

from app.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

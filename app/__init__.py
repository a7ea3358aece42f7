"""What people start, and what talks to the outside: chat page, commands, pipeline, sessions, records."""

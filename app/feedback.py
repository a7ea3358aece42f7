"""What readers thought of an answer: one row an answer, the last word counts."""
from app.database import Database, now

VALUES = ("yes", "no", "missed")
LONGEST = 2000      # characters of what was missing


class Feedback:
    """The store of feedback; whether a record belongs to the visitor is checked by the page."""

    def __init__(self, database=None):
        self.database = database or Database()

    def keep(self, record, session, value, missing=None):
        """Store what was thought of the answer `record`: "yes" or "no" (it helped), "missed" (with what was missing)."""
        if value not in VALUES:
            raise ValueError(f"feedback is one of {', '.join(VALUES)}, not {value!r}")
        with self.database.writing() as tables:
            old = next(tables["feedback"].rows_where("record = ?", [record]), {})
            tables["feedback"].upsert({
                "record": record, "session": session, "value": value,
                "missing": (missing or "").strip()[:LONGEST] or old.get("missing"),
                "created": old.get("created") or now(), "updated": now()}, pk="record")

    def of(self, session):
        """{record: value} of one conversation."""
        return {row["record"]: row["value"] for row in self.database.tables["feedback"].rows_where("session = ?", [session])}

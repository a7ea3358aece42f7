"""What was thought of an answer: the last word counts, what was missing is kept."""
import pytest

from app.feedback import Feedback


def test_one_row_an_answer_with_the_last_word(database):
    feedback = Feedback(database)
    feedback.keep("r1", "s", "yes")
    feedback.keep("r1", "s", "missed", "  the rate  ")
    feedback.keep("r1", "s", "no")
    feedback.keep("r2", "other", "yes")
    assert feedback.of("s") == {"r1": "no"}
    row = database.tables["feedback"].get("r1")
    assert row["missing"] == "the rate" and row["created"] <= row["updated"]


def test_an_unknown_value_is_refused(database):
    with pytest.raises(ValueError):
        Feedback(database).keep("r1", "s", "perhaps")
    assert Feedback(database).of("s") == {}

"""Conversations: found again, kept apart, begun anew."""
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from app.database import Database
from app.sessions import Sessions


def test_a_reload_finds_the_conversation_as_it_was(database, make_turn):
    sessions = Sessions(database)
    session = sessions.add(sessions.start("credit", "en", "expert"), make_turn("why?"))
    found = Sessions(Database(database.path)).find(session.id)
    assert found == session
    assert found.memory == make_turn("why?").memory
    assert found.transcript[0]["question"] == "why?"
    assert found.transcript[0]["answer"]["text"] == "Because of why? – ü"


def test_an_unknown_id_or_another_domain_gets_a_new_conversation(database):
    sessions = Sessions(database)
    session = sessions.start("credit")
    assert sessions.find("guess") is None
    assert sessions.open(session.id, "credit") == session
    assert sessions.open(session.id, "heart").id != session.id
    assert sessions.open("guess", "credit").id not in ("guess", session.id)
    assert sessions.open(None, "credit", "en", "expert").level == "expert"


def test_ids_cannot_be_guessed_from_one_another(database):
    sessions = Sessions(database)
    ids = {sessions.start("credit").id for _ in range(50)}
    assert len(ids) == 50 and all(len(id) >= 22 for id in ids)
    assert len({id[:6] for id in ids}) == 50


def test_clear_drops_what_was_said_and_keeps_case_and_level(database, make_turn):
    sessions = Sessions(database)
    session = sessions.add(sessions.start("credit"), make_turn())
    session = sessions.save(replace(session, memory=replace(session.memory, level="expert")))
    cleared = sessions.clear(session)
    assert cleared.transcript == () and cleared.memory.asks == () and cleared.memory.turn == 0
    assert (cleared.id, cleared.memory.case, cleared.level) == (session.id, "7", "expert")
    assert sessions.find(session.id) == cleared


def test_turns_that_arrive_at_once_in_one_conversation_are_all_kept(database, make_turn):
    sessions = Sessions(database)
    session = sessions.start("credit")
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda n: sessions.add(session, make_turn(f"question {n}")), range(48)))
    said = [entry["question"] for entry in sessions.find(session.id).transcript]
    assert sorted(said) == sorted(f"question {n}" for n in range(48))


def test_sixteen_visitors_at_once_see_only_their_own_conversation(database, make_turn):
    sessions = Sessions(database)

    def visit(visitor):
        session = sessions.start("credit")
        for turn in range(5):
            found = sessions.find(session.id)
            session = sessions.add(found, make_turn(f"{visitor}:{turn}", turn + 1, session.id, case=str(visitor)))
        return session.id

    with ThreadPoolExecutor(16) as threads:
        ids = list(threads.map(visit, range(16)))
    for visitor, id in enumerate(ids):
        found = sessions.find(id)
        assert [entry["question"] for entry in found.transcript] == [f"{visitor}:{turn}" for turn in range(5)]
        assert found.memory.case == str(visitor)

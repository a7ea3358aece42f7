"""Work that may take longer: done in the background, waited for, and given up when the visitor stops it."""
import threading
from concurrent.futures import ThreadPoolExecutor

WORKERS = 16


class Job:
    """One piece of work. `settled(seconds)` waits until it is done or stopped."""

    def __init__(self, future):
        self.future, self.stopped = future, False
        self._settled = threading.Event()
        future.add_done_callback(lambda _: self._settled.set())

    def settled(self, seconds=None):
        return self._settled.wait(seconds)

    def stop(self):
        """Nobody waits for it any more; where it has not begun it never does."""
        self.stopped = True
        self.future.cancel()
        self._settled.set()


class Jobs:
    """What is being worked on now, by conversation; nothing stays here once an answer is given."""

    def __init__(self):
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="answer")
        self._running, self._lock = {}, threading.Lock()

    def start(self, key, work):
        job = Job(self._pool.submit(work))
        with self._lock:
            self._running.setdefault(key, set()).add(job)
        return job

    def end(self, key, job):
        with self._lock:
            left = self._running.get(key, set()) - {job}
            self._running[key] = left
            if not left:
                del self._running[key]

    def stop(self, key):
        """Stop all that the conversation waits for."""
        with self._lock:
            jobs = list(self._running.get(key, ()))
        for job in jobs:
            job.stop()

"""Work that may take longer: done in the background, waited for, and ended when the visitor stops it."""
import threading
from concurrent.futures import ThreadPoolExecutor

from explainers.progress import Stopped, watched

WORKERS = 16


class Job:
    """One piece of work. `settled(seconds)` waits until it is done or stopped; `progress`: (what, done, total), see progress.py."""

    def __init__(self, pool, work):
        self.stopped, self.progress = False, None
        self._settled = threading.Event()
        self.future = pool.submit(self._run, work)
        self.future.add_done_callback(lambda _: self._settled.set())

    def _run(self, work):
        with watched(self._report):
            return work()

    def _report(self, *progress):
        if self.stopped:
            raise Stopped
        self.progress = progress

    def settled(self, seconds):
        return self._settled.wait(seconds)

    def stop(self):
        """Nobody waits for it any more: it never begins, or ends at its next step."""
        self.stopped = True
        self.future.cancel()
        self._settled.set()


class Jobs:
    """What is being worked on now, by conversation; nothing stays here once an answer is given."""

    def __init__(self):
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="answer")
        self._running, self._lock = {}, threading.Lock()

    def start(self, key, work):
        job = Job(self._pool, work)
        with self._lock:
            self._running.setdefault(key, set()).add(job)
        return job

    def end(self, key, job):
        """Nobody waits for it any more, whether it is done or not."""
        if not job.future.done():
            job.stop()
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

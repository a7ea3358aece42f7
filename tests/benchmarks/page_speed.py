"""Time from sending a question to the answer on the page, in a browser: python tests/benchmarks/page_speed.py [address]

Start the page first (python -m app serve). Prints the median, the 95th percentile and the longest time.
"""
import os
import shutil
import sys
import time

from playwright.sync_api import sync_playwright

ADDRESS = "http://127.0.0.1:7860"
QUESTIONS = ("why was I rejected?", "why?", "what were the main reasons?")
REPEATS = 40
SEND = """async (text) => {
  const field = document.querySelector('#question textarea');
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await new Promise((done) => setTimeout(done, 100));
  const before = document.querySelectorAll('#talk .answer').length, start = performance.now();
  document.querySelector('#send').click();
  while (document.querySelectorAll('#talk .answer').length <= before) { await new Promise(requestAnimationFrame); }
  return performance.now() - start;
}"""


def main(address):
    """Asks `REPEATS` questions in conversations of ten turns, with a pause between them."""
    with sync_playwright() as playwright:
        path = os.environ.get("BECAUSE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
        browser, times = playwright.chromium.launch(executable_path=path), []
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("#case-glance h2")
        for turn in range(REPEATS):
            if turn % 10 == 0:
                page.click("#new-talk")
                page.wait_for_selector("#talk .answer", state="detached")
            times.append(page.evaluate(SEND, QUESTIONS[turn % len(QUESTIONS)]))
            time.sleep(0.3)
        browser.close()
    times.sort()
    print(f"{len(times)} answers: median {times[len(times) // 2]:.0f} ms, p95 {times[int(0.95 * len(times)) - 1]:.0f} ms, "
          f"longest {times[-1]:.0f} ms")


if __name__ == "__main__":
    main(*(sys.argv[1:] or [ADDRESS]))

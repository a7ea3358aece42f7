// The page's own script: buttons inside answers, focus after an answer, pictures as files, feedback.
window.because = (function () {
  const find = (selector) => document.querySelector(selector);
  const phone = () => window.matchMedia("(max-width: 760px)").matches;
  const page = { action: null, id: String(Date.now()) };
  let waiting = null;                 // the question on its way: { text, before: answers there were }
  const answers = () => document.querySelectorAll("#talk .answer").length;

  // A question goes out: its field is free for the next one, and what is typed meanwhile stays.
  function write(text) {
    const field = find("#question textarea");
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  page.sent = function (text) {
    waiting = { text: text, before: answers() };
    if (text.trim()) { write(""); watch(waiting); }
    return [text];
  };

  // The server is gone: that is said, and the question stands in its field again. Gradio itself says nothing of a stream
  // that breaks off, so that the server is asked while an answer is waited for.
  const ask = window.fetch;
  window.fetch = (...given) => ask(...given).catch((error) => {
    if (error.name !== "AbortError") { lost(); }
    throw error;
  });
  function lost() {
    const note = find("#lost"), field = find("#question textarea");
    if (!note || !field) { return; }
    note.hidden = false;
    note.scrollIntoView({ block: "nearest" });
    if (waiting && !field.value) { write(waiting.text); }
    waiting = null;
  }
  function watch(own) {
    setTimeout(() => {
      if (waiting !== own) { return; }
      window.fetch("alive", { cache: "no-store" }).then(() => watch(own), () => {});
    }, 1500);
  }

  // After an answer: it is said once, the question stands at the top of what is seen, and the next one can be typed at
  // once; where a finger points, the keyboard does not come up by itself.
  page.answered = function () {
    const field = find("#question textarea"), told = [...document.querySelectorAll("#talk .answer .text, #talk .bot.message")].pop();
    const rows = document.querySelectorAll("#talk .user-row");
    const come = !waiting || answers() > waiting.before || rows.length > answers();
    if (!come && waiting.text.trim()) { lost(); } else { find("#lost").hidden = true; }
    waiting = null;
    if (come && told) { say(told.innerText); }
    if (!window.matchMedia("(pointer: coarse)").matches || !rows.length) {
      field.focus({ preventScroll: true });
    } else if (document.activeElement !== field || !field.value) {
      rows[rows.length - 1].tabIndex = -1;
      rows[rows.length - 1].focus({ preventScroll: true });
    }
    showQuestion();
  };
  function showQuestion() { [0, 80, 250].forEach((wait) => setTimeout(page.toQuestion, wait)); }

  // What a screen reader is to say. The conversation itself is not announced: Gradio draws all of it anew for each answer.
  const voice = document.createElement("div");
  voice.className = "unseen";
  voice.setAttribute("role", "status");
  voice.id = "voice";
  function say(text) {
    if (!voice.isConnected) { document.body.append(voice); }
    voice.textContent = "";
    setTimeout(() => { voice.textContent = text; }, 50);
  }
  page.toQuestion = function () {
    const last = [...document.querySelectorAll("#talk .user-row")].pop();
    if (!last) { return; }
    if (phone()) { last.scrollIntoView({ block: "start" }); return; }
    let log = last.parentElement;
    while (log && log.id !== "talk" && log.scrollHeight <= log.clientHeight + 1) { log = log.parentElement; }
    if (log) { log.scrollTop += last.getBoundingClientRect().top - log.getBoundingClientRect().top - 8; }
  };
  page.opened = function () {
    const panel = find("#try-changes");
    const open = panel && panel.querySelector("button.label-wrap");
    if (open && !open.classList.contains("open")) { open.click(); }
    if (page.action && page.action.quiet) { return; }
    if (panel) { panel.scrollIntoView({ block: "start" }); }
    if (open) { open.focus({ preventScroll: true }); }
  };

  function act(button) {
    const action = JSON.parse(button.dataset.do);
    if (action.do === "stop") { find("#do-stop").click(); return; }
    if (action.do !== "try") { waiting = { text: "", before: answers() }; watch(waiting); }
    page.action = action;
    find(action.do === "try" ? "#do-try" : "#do-act").click();
  }

  // Gradio lets go of the focus when a choice is made by keyboard: it stays where the choice was.
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!["Enter", "Escape"].includes(event.key) || !field.matches || !field.matches('input[role="combobox"]')) { return; }
    setTimeout(() => {
      const block = field.closest(".block");
      if (document.activeElement !== document.body || !block) { return; }
      block.tabIndex = -1;
      block.focus({ preventScroll: true });
    }, 60);
  });

  // A number in the panel stays within its ends: beyond the upper one it is held there, below the lower one it may be
  // unfinished, so that nothing is worked out until it is left.
  const held = (event) => event.target.matches && event.target.matches("#try-changes input[type=number]") ? event.target : null;
  document.addEventListener("input", (event) => {
    const field = held(event);
    if (!field) { return; }
    if (field.value !== "" && Number(field.value) > Number(field.max)) { field.value = field.max; }
    if (field.value === "" || Number(field.value) < Number(field.min)) { event.stopPropagation(); }
  }, true);
  document.addEventListener("change", (event) => {
    const field = held(event);
    if (!field || (field.value !== "" && Number(field.value) >= Number(field.min))) { return; }
    field.value = field.min;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, true);

  // A drawing as a file of its own: what the page's colours are is written into it.
  function drawing(button) {
    const svg = button.closest("details").previousElementSibling.querySelector("svg");
    const copy = svg.cloneNode(true);
    const box = svg.viewBox.baseVal;
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ x: -12, y: -12, width: box.width + 24, height: box.height + 24, fill: "#ffffff" })) {
      paper.setAttribute(name, value);
    }
    copy.setAttribute("viewBox", `-12 -12 ${box.width + 24} ${box.height + 24}`);
    copy.insertBefore(paper, copy.querySelector("style").nextSibling);
    copy.querySelector("style").textContent = copy.querySelector("style").textContent.replace(/@media[^{]*\{[^{}]*\{[^{}]*\}\s*\}/, "");
    return { text: new XMLSerializer().serializeToString(copy), width: box.width + 24, height: box.height + 24 };
  }
  function keep(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  function save(button) {
    const made = drawing(button);
    const blob = new Blob([made.text], { type: "image/svg+xml" });
    if (button.dataset.save === "svg") { keep(blob, button.dataset.name + ".svg"); return; }
    const picture = new Image();
    picture.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = made.width * 3;
      canvas.height = made.height * 3;
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(picture.src);
      canvas.toBlob((png) => keep(png, button.dataset.name + ".png"), "image/png");
    };
    picture.src = URL.createObjectURL(blob);
  }

  async function opinion(button) {
    const part = button.closest(".opinion");
    const text = part.querySelector("textarea");
    const sent = { record: part.dataset.record, value: button.dataset.opinion };
    if (sent.value === "missed") { sent.missing = text.value; }
    const reply = await fetch("feedback", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) });
    if (!reply.ok) { return; }
    part.querySelectorAll("[aria-pressed]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
    if (sent.value === "missed") { part.querySelector("details").open = false; part.querySelector("summary").focus(); }
    const status = part.querySelector("[data-noted]");
    status.textContent = status.dataset.noted;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button.act");
    if (!button) { return; }
    if (button.dataset.do) { act(button); }
    if (button.dataset.save) { save(button); }
    if (button.dataset.opinion) { opinion(button); }
  });

  // What is set in the panel is kept in this tab: a reload and another language find it again.
  const KEPT = "because-panel";
  let last = null;
  try { last = JSON.parse(window.sessionStorage.getItem(KEPT)); } catch (error) { last = null; }
  let reopened = !last || last.changes === "[]" || last.of !== location.pathname;
  function keepPanel() {
    const open = find("#try-changes button.label-wrap");
    if (!reopened && open && find("#case-glance h2")) {
      reopened = true;
      if (!open.classList.contains("open")) { open.click(); }
    }
    const result = find("#try-result [data-changes]");
    if (!result || (last && ["case", "changes", "language"].every((part) => last[part] === result.dataset[part]))) { return; }
    const before = last, of = location.pathname;
    last = { case: result.dataset.case, changes: result.dataset.changes, language: result.dataset.language, of: of, page: page.id };
    const drawn = before && before.of === of && before.case === last.case
      && (before.language !== last.language || before.page !== last.page);
    if (drawn && last.changes === "[]" && before.changes !== "[]") {
      page.action = { do: "try", changes: JSON.parse(before.changes), quiet: true };
      find("#do-try").click();
    }
    try { window.sessionStorage.setItem(KEPT, JSON.stringify(last)); } catch (error) { /* without storage nothing is kept */ }
  }

  // The page's own words follow the language of the conversation.
  let asked = null;
  function speak() {
    const next = find("#ask-next [data-language]"), head = find("#because-title [data-language]");
    if (!next || !head) { return; }
    const language = next.dataset.language;
    if (document.documentElement.lang !== language) { document.documentElement.lang = language; }
    if (language !== head.dataset.language && language !== asked) { find("#do-speak").click(); }
    asked = language;
  }

  // Columns as high as the window; folded on a phone until opened; the conversation shown from its last question.
  function measure() {
    const columns = find("#columns");
    if (!columns) { return; }
    const row = find("#ask-row");
    if (row && phone()) { document.documentElement.style.setProperty("--ask", row.offsetHeight + 8 + "px"); }
    document.documentElement.style.setProperty("--head", columns.getBoundingClientRect().top + window.scrollY + 12 + "px");
  }
  function fold() {
    document.querySelectorAll("details.fold:not([data-seen])").forEach((part) => {
      part.dataset.seen = "1";
      if (phone()) { part.open = false; }
    });
  }
  // Gradio names some parts in English, an answer after the component that shows it: the page's own words, or the text itself.
  function rename() {
    document.querySelectorAll('#talk [data-testid="bot"][aria-label]').forEach((part) => part.removeAttribute("aria-label"));
    const log = find('#talk [role="log"]'), heading = find("#talk-heading h2");
    if (log && heading && (log.ariaLive !== "off" || log.ariaLabel !== heading.textContent)) {
      log.ariaLive = "off";
      log.ariaLabel = heading.textContent;
    }
    document.querySelectorAll("#try-changes input[aria-label]").forEach((field) => {
      const label = field.closest(".block").querySelector('[data-testid="block-info"]');
      if (label && field.type !== "text" && field.ariaLabel !== label.textContent) { field.ariaLabel = label.textContent; }
    });
  }
  let shown = false;
  new MutationObserver(() => {
    measure();
    fold();
    rename();
    speak();
    keepPanel();
    const stop = find("#ask-next [data-say]");
    if (stop && !stop.dataset.said) { stop.dataset.said = "1"; say(stop.dataset.say); showQuestion(); }
    if (!shown && find("#talk .user-row")) { shown = true; setTimeout(page.toQuestion, 60); }
  }).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("resize", measure);
  window.addEventListener("load", () => new ResizeObserver(() => requestAnimationFrame(measure)).observe(document.body));
  return page;
})();

// The page's own script: buttons inside answers, focus after an answer, pictures as files, feedback.
window.because = (function () {
  const find = (selector) => document.querySelector(selector);
  const phone = () => window.matchMedia("(max-width: 760px)").matches;
  const page = { action: null };

  // After an answer: the question stands at the top of what is seen, and the next one can be typed at once.
  page.answered = function () {
    const field = find("#question textarea");
    if (field) { field.focus({ preventScroll: true }); }
    [0, 80, 250].forEach((wait) => setTimeout(page.toQuestion, wait));
  };
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
    if (panel) { panel.scrollIntoView({ block: "start" }); }
    if (open) { open.focus({ preventScroll: true }); }
  };

  function act(button) {
    const action = JSON.parse(button.dataset.do);
    if (action.do === "stop") { find("#do-stop").click(); return; }
    page.action = action;
    find(action.do === "try" ? "#do-try" : "#do-act").click();
  }

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
  // Gradio names an answer after the component that shows it; without the name its text is read.
  function unname() {
    document.querySelectorAll('#talk [data-testid="bot"][aria-label]').forEach((part) => part.removeAttribute("aria-label"));
  }
  let shown = false;
  new MutationObserver(() => {
    measure();
    fold();
    unname();
    speak();
    if (!shown && find("#talk .user-row")) { shown = true; setTimeout(page.toQuestion, 60); }
  }).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("resize", measure);
  window.addEventListener("load", () => new ResizeObserver(() => requestAnimationFrame(measure)).observe(document.body));
  return page;
})();

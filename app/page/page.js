// Keeps the focus in the question field after an answer, the columns as high as the window, and folds on a phone.
(function () {
  const phone = () => window.matchMedia("(max-width: 760px)").matches;
  window.becauseFocus = function () {
    const field = document.querySelector("#question textarea");
    if (field) { field.focus({ preventScroll: true }); }
    if (phone()) { setTimeout(() => {
      const last = [...document.querySelectorAll("#talk .user-row")].pop();
      if (last) { last.scrollIntoView({ block: "start" }); }
    }, 60); }
  };
  function measure() {
    const columns = document.querySelector("#columns");
    if (!columns) { return; }
    const above = columns.getBoundingClientRect().top + window.scrollY + 16;
    document.documentElement.style.setProperty("--head", above + "px");
  }
  function fold() {
    if (phone()) { document.querySelectorAll("details.fold:not([data-seen])").forEach((part) => { part.open = false; part.dataset.seen = "1"; }); }
  }
  new MutationObserver(() => { measure(); fold(); }).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("resize", measure);
  document.addEventListener("toggle", measure, true);
})();

// Keeps the focus in the question field after an answer.
window.becauseFocus = function () {
  const field = document.querySelector("#question textarea");
  if (field) { field.focus({ preventScroll: true }); }
};

/* After a refused form the focus goes to the error summary, so that a screen reader starts there.
   A link in it moves the focus to its field (radio groups too), not only the scroll position. */
const summary = document.querySelector("[data-error-summary]");
if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    const shown = field.classList.contains("select2-hidden-accessible") ? field.parentElement.querySelector(".select2-selection") : field;
    shown.focus({ preventScroll: true });
  });
}

/* Questions that depend on an earlier answer, shown and hidden at once: data-shown-if names the field, data-equals the
   answer, data-after the date that the answer must lie behind. What is hidden is sent along: a change of mind loses nothing.
   Long texts: data-count-to is how many characters fit; a counter says how many there are. */
const step = document.getElementById("step");
if (step) {
  const answer = (name) => {
    const field = step.elements[name];
    if (!field) return "";
    return field.type === "checkbox" ? (field.checked ? "True" : "") : field.value;
  };
  const dependent = [...step.querySelectorAll("[data-shown-if]")];
  const look = () => {
    for (const group of dependent) {
      const value = answer(group.dataset.shownIf);
      const shown = group.dataset.after ? value > group.dataset.after : value === group.dataset.equals;
      const wrong = group.querySelector(".is-invalid");
      group.hidden = !shown && !wrong;
    }
  };
  step.addEventListener("input", look);
  step.addEventListener("change", look);
  look();

  for (const text of step.querySelectorAll("[data-count-to]")) {
    const most = Number(text.dataset.countTo);
    const shown = document.createElement("p");
    shown.className = "form-text u-num";
    shown.setAttribute("aria-hidden", "true");
    const told = document.createElement("p");
    told.className = "u-vh";
    told.setAttribute("role", "status");
    text.after(shown, told);
    let later = 0;
    const count = (announce) => {
      const used = [...text.value].length;
      const words = step.dataset[used > most ? "tooMany" : "counted"]
        .replace("{used}", used).replace("{most}", most).replace("{over}", used - most);
      shown.textContent = words;
      shown.classList.toggle("is-over", used > most);
      clearTimeout(later);
      if (announce) later = setTimeout(() => { told.textContent = words; }, 800);
    };
    text.addEventListener("input", () => count(true));
    count(false);
  }
}

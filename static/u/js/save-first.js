/* A link that leaves a step of the form (data-save-first="contact") saves what was typed, then goes there.
   Without this script it is an ordinary link. After an error it is one, too: nobody is held in a step. */
const form = document.getElementById("step");
if (form && !document.querySelector("[data-error-summary]")) {
  let touched = false;
  form.addEventListener("input", () => { touched = true; });
  for (const link of document.querySelectorAll("[data-steps] a[href], a[data-save-first]")) {
    link.addEventListener("click", (event) => {
      if (!touched || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      form.elements.next.value = new URL(link.href).pathname.split("/").filter(Boolean).pop();
      form.requestSubmit();
    });
  }
}

/* A step of the form: what was typed is saved in the background, and before a link or the language switch leaves the page.
   Without this script a step is an ordinary form. The server's row is the truth; "initial-…" fields tell it what this page
   was rendered with, so that an old tab overwrites nothing with what nobody touched in it. */
const form = document.getElementById("step");
const EVERY = 20000; // ms
if (form) {
  const note = document.getElementById("saved");
  const started = !!document.querySelector("[data-error-summary]");
  let touched = false, leaving = false, running = null;

  const typed = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };
  const tell = (words, failed) => {
    if (!note) return;
    note.textContent = words;
    note.parentElement.classList.toggle("is-failed", !!failed);
  };
  /* What was kept is what the page has "been rendered with" from now on. */
  const remember = (data, kept) => {
    for (const name of kept) {
      const shown = form.elements[`initial-${name}`];
      if (!shown) continue;
      const field = form.elements[name];
      shown.value = field && field.type === "checkbox" ? (field.checked ? "True" : "False") : data.get(name) || "";
    }
  };
  const save = async () => {
    if (running) return running;
    if (!("autosave" in form.dataset) || !touched || leaving) return true;
    const data = typed();
    touched = false;
    running = (async () => {
      try {
        const answer = await fetch(form.action, {
          method: "POST", body: new URLSearchParams(data), headers: { "X-Autosave": "1" }, keepalive: true, redirect: "error",
        });
        if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
        const said = await answer.json();
        if (answer.ok) remember(data, said.kept);
        tell(said.words, !answer.ok);
        return answer.ok;
      } catch {
        touched = true;
        tell(form.dataset.failed, true);
        return false;
      } finally {
        running = null;
      }
    })();
    return running;
  };

  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("change", () => { touched = true; });
  form.addEventListener("submit", (event) => {
    if (leaving) { event.preventDefault(); return; } // the second click of a double click
    setTimeout(() => { leaving = leaving || !event.defaultPrevented; });
  });
  setInterval(save, EVERY);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  window.addEventListener("pagehide", save);
  window.addEventListener("online", save);
  window.addEventListener("pageshow", () => { leaving = false; });

  /* A link of the stepper saves, then goes there. After an error it is an ordinary link: nobody is held in a step. */
  if (!started) {
    for (const link of document.querySelectorAll("[data-steps] a[href], a[data-save-first]")) {
      link.addEventListener("click", (event) => {
        if (!touched || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        form.elements.next.value = new URL(link.href).pathname.split("/").filter(Boolean).pop();
        form.requestSubmit();
      });
    }
  }

  /* The language switch saves first. Before there is a draft, this tab keeps what was typed until the page is back. */
  const KEY = `typed ${location.pathname}`;
  for (const switcher of document.querySelectorAll("form.u-lang")) {
    switcher.addEventListener("submit", async (event) => {
      if (!touched && !running) return;
      event.preventDefault();
      const button = event.submitter;
      if ("autosave" in form.dataset) {
        if (!(await save())) { touched = true; return; }
      } else {
        try { sessionStorage.setItem(KEY, JSON.stringify([...typed()].filter(([name]) => name !== "csrfmiddlewaretoken"))); } catch { /* closed to us */ }
      }
      const chosen = document.createElement("input");
      chosen.type = "hidden"; chosen.name = button.name; chosen.value = button.value;
      switcher.append(chosen);
      touched = false;
      switcher.submit();
    });
  }
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) || "[]");
    sessionStorage.removeItem(KEY);
    for (const [name, value] of kept) {
      const field = form.elements[name];
      if (!field || name.startsWith("initial-") || name === "next") continue;
      if (field.type === "checkbox") field.checked = true;
      else field.value = value;
      touched = true;
    }
  } catch { /* closed to us, or not ours */ }
}

/* The score sheet: while the focus is inside a criterion's marks, 1 to 5 gives that mark and goes to the next criterion;
   Ctrl + Enter saves. What was typed is kept as a draft on the server, and in this tab until the server has it.
   Without this script the sheet is an ordinary form. */
const sheet = document.getElementById("sheet");
if (sheet && sheet.dataset.draft) {
  const note = document.getElementById("saved");
  const groups = [...sheet.querySelectorAll("[data-criterion]")];
  const KEY = `sheet ${location.pathname}`;
  const WAIT = 800; // ms after the last key
  let touched = false, leaving = false, running = null, timer = 0;

  /* The server lets a tab replace what it saved itself: a reload saves while the page is being fetched. */
  try {
    const name = sessionStorage.getItem("tab") || `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`.slice(0, 40);
    sessionStorage.setItem("tab", name);
    sheet.elements.tab.value = name;
  } catch { /* closed to us */ }

  const marksOf = (group) => [...group.querySelectorAll("input[type=radio]")];
  const goTo = (group) => {
    const marks = marksOf(group);
    (marks.find((mark) => mark.checked) || marks[0]).focus();
  };
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      sheet.requestSubmit(sheet.querySelector("[name=next]") || undefined);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.matches("input[type=radio]")) return;
    const group = event.target.closest("[data-criterion]");
    const mark = group && marksOf(group).find((each) => each.value === event.key);
    if (!mark) return;
    event.preventDefault();
    mark.checked = true;
    mark.dispatchEvent(new Event("change", { bubbles: true }));
    const after = groups[groups.indexOf(group) + 1];
    if (after) goTo(after);
    else sheet.elements.remark.focus();
  });

  const typed = () => new URLSearchParams(new FormData(sheet));
  const tell = (words, failed) => {
    note.textContent = words;
    note.parentElement.classList.toggle("is-failed", !!failed);
  };
  const save = async () => {
    if (running) return running;
    if (!touched || leaving) return true;
    const data = typed();
    touched = false;
    running = (async () => {
      try {
        const answer = await fetch(sheet.dataset.draft, { method: "POST", body: data, keepalive: true, redirect: "error" });
        if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
        const said = await answer.json();
        if (answer.ok) {
          sheet.elements.seen.value = said.seen;
          if (!touched) forget();
        }
        tell(said.words, !answer.ok);
      } catch {
        touched = true;
        tell(sheet.dataset.failed, true);
      } finally {
        running = null;
      }
    })();
    return running;
  };
  const keep = () => {
    try { sessionStorage.setItem(KEY, JSON.stringify([...typed()].filter(([name]) => /^(mark_|note_|remark)/.test(name)))); } catch { /* closed to us */ }
  };
  const forget = () => {
    try { sessionStorage.removeItem(KEY); } catch { /* closed to us */ }
  };
  const changed = () => {
    touched = true;
    keep();
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  };
  sheet.addEventListener("input", changed);
  sheet.addEventListener("change", changed);
  sheet.addEventListener("submit", (event) => {
    if (leaving) { event.preventDefault(); return; } // the second click of a double click
    leaving = true;
    clearTimeout(timer);
    forget();
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  window.addEventListener("pagehide", save);
  window.addEventListener("online", save);
  window.addEventListener("pageshow", () => { leaving = false; });

  /* What this tab still had when it was reloaded. After a refused save the page itself has everything. */
  if (!document.querySelector("[data-error-summary]")) {
    try {
      for (const [name, value] of JSON.parse(sessionStorage.getItem(KEY) || "[]")) {
        const field = sheet.elements[name];
        if (!field || field.value === value) continue;
        field.value = value;
        touched = true;
      }
      if (touched) changed();
    } catch { /* closed to us, or not ours */ }
  }
}

/* Ranked wishes: the selects are the answers; this adds a grip to drag by and two buttons to move by to each of them. */
for (const list of document.querySelectorAll("[data-rank]")) {
  const status = document.querySelector("[data-rank-status]");
  const rows = [...list.children];
  const selects = rows.map((row) => row.querySelector("select"));
  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "u-i");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${list.dataset.icons}#${name}`);
    svg.append(use);
    return svg;
  };
  const nameOf = (at) => (selects[at].value ? selects[at].selectedOptions[0].textContent : "");
  const words = (kind, name, number) => list.dataset[kind].replace("{name}", name).replace("{number}", number);
  const buttons = rows.map(() => ({}));

  const look = () => {
    rows.forEach((row, at) => {
      for (const [kind, step] of [["up", -1], ["down", 1]]) {
        const button = buttons[at][kind];
        const label = rows[at].querySelector("label").firstChild.textContent.trim();
        button.querySelector(".u-vh").textContent = words(kind, nameOf(at) || label);
        button.setAttribute("aria-disabled", String(!selects[at].value || !selects[at + step]));
      }
    });
  };
  const move = (from, to) => {
    if (from === to || !selects[from]?.value || !selects[to]) return false;
    const values = selects.map((select) => select.value);
    values.splice(to, 0, values.splice(from, 1)[0]);
    selects.forEach((select, at) => { select.value = values[at]; });
    selects[to].dispatchEvent(new Event("input", { bubbles: true }));
    look();
    status.textContent = words("moved", nameOf(to), to + 1);
    return true;
  };

  rows.forEach((row, at) => {
    const grip = document.createElement("span");
    grip.className = "u-rank__grip";
    grip.append(icon("grip"));
    const tools = document.createElement("span");
    tools.className = "u-rank__do";
    for (const [kind, step] of [["up", -1], ["down", 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "u-btn u-btn--icon u-btn--plain";
      const hidden = document.createElement("span");
      hidden.className = "u-vh";
      button.append(icon(`arrow-${kind}`), hidden);
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") === "true") return;
        if (move(at, at + step)) buttons[at + step][kind].focus();
      });
      buttons[at][kind] = button;
      tools.append(button);
    }
    row.append(grip, tools);

    let target = null;
    const rowAt = (y) => rows.findIndex((other) => y < other.getBoundingClientRect().bottom);
    grip.addEventListener("pointerdown", (event) => {
      if (!selects[at].value) return;
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      target = at;
      row.classList.add("is-held");
    });
    grip.addEventListener("pointermove", (event) => {
      if (target === null) return;
      const over = rowAt(event.clientY);
      target = over < 0 ? rows.length - 1 : over;
      rows.forEach((other, number) => other.classList.toggle("is-target", number === target && number !== at));
    });
    const drop = (cancelled) => {
      if (target === null) return;
      rows.forEach((other) => other.classList.remove("is-held", "is-target"));
      const to = target;
      target = null;
      if (!cancelled) move(at, to);
    };
    grip.addEventListener("pointerup", () => drop(false));
    grip.addEventListener("pointercancel", () => drop(true));
  });
  list.addEventListener("change", look);
  list.classList.add("is-ready");
  look();
}

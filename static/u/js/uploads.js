/* Files of a form go up as soon as they are chosen, one after the other, with progress, cancel and "try again".
   The rest of the page stays as it is, so nothing that was typed is touched. Without this script the same inputs and
   buttons send the whole form. Words come from data- attributes; see templates/apprentices/apply/files.html. */
const frame = document.querySelector("[data-upload-words]");
if (frame) {
  const words = frame.dataset;
  const status = frame.querySelector("[data-upload-say]");
  const form = frame.closest("form");
  const token = form.elements.csrfmiddlewaretoken;
  const waiting = [];
  const STALL = 60_000; // ms without a byte: the line is gone
  let sending = null;
  let held = null; // the submission that waits for the uploads: {submitter}

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const say = (text) => { status.textContent = text; };
  const make = (tag, text, attributes = {}) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.textContent = text;
    return element;
  };
  const button = (text, name, act) => {
    const made = make("button", text, { type: "button", className: "u-btn u-btn--s" });
    made.append(make("span", ` ${name}`, { className: "u-vh" }));
    made.addEventListener("click", act);
    return made;
  };

  function add(box, field, file) {
    const row = document.createElement("li");
    box.querySelector("[data-upload-queue]").append(row);
    const item = { box, field, file, row };
    const limit = Number(words.limit);
    if (file.size > limit) {
      stop(item, fill(words.tooLarge, { name: file.name, size: Math.ceil(file.size / 1024 ** 2) }), false);
      return;
    }
    enqueue(item);
  }

  function enqueue(item) {
    item.row.replaceChildren(
      make("span", item.file.name),
      button(words.cancel, item.file.name, () => cancel(item)),
      make("span", words.waiting, { className: "u-small u-muted" }),
    );
    waiting.push(item);
    next();
  }

  function next() {
    if (sending) return;
    if (waiting.length) {
      sending = waiting.shift();
      send(sending);
    } else if (held) {
      const { submitter } = held;
      held = null;
      form.requestSubmit(submitter);
    }
  }

  function send(item) {
    const { box, field, file, row } = item;
    const bar = make("progress", "", { max: 100, value: 0, ariaLabel: fill(words.uploading, { name: file.name }) });
    const percent = make("span", "0 %", { className: "u-small u-muted" });
    row.replaceChildren(make("span", file.name), button(words.cancel, file.name, () => cancel(item)), percent, bar);
    say(fill(words.uploading, { name: file.name }));
    const request = (item.request = new XMLHttpRequest());
    let told = 0;
    let clock = 0;
    const alive = () => {
      clearTimeout(clock);
      clock = setTimeout(() => request.abort(), STALL);
    };
    request.upload.addEventListener("progress", (event) => {
      alive();
      const done = event.lengthComputable ? Math.floor((event.loaded / event.total) * 100) : 0;
      bar.value = done;
      percent.textContent = `${done} %`;
      if (done >= told + 25) {
        told = done - (done % 25);
        say(fill(words.percent, { name: file.name, percent: told }));
      }
    });
    request.addEventListener("loadend", () => {
      clearTimeout(clock);
      finish(item, request);
    });
    request.open("POST", box.dataset.upload);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token.value);
    body.append(field, file);
    alive();
    request.send(body);
  }

  function finish(item, request) {
    if (sending === item) sending = null;
    if (item.cancelled) {
      next();
      return;
    }
    const isList = request.status === 200 && request.responseText.includes("data-upload-list");
    if (isList) {
      const list = document.createElement("template");
      list.innerHTML = request.responseText;
      item.box.querySelector("[data-upload-list]").replaceWith(list.content.querySelector("[data-upload-list]"));
      remove(item);
      say(fill(words.done, { name: item.file.name }));
    } else if (request.status === 422 || request.status === 409) {
      stop(item, JSON.parse(request.responseText).message, false);
    } else {
      stop(item, words.cutOff, true);
    }
    next();
  }

  /* The sentence of what went wrong; the file is kept in "item", so that trying again needs no new choice. */
  function stop(item, sentence, mayTryAgain) {
    const { file, row } = item;
    held = null; // whoever pressed "save" meanwhile sees this first
    const close = button(words.close, file.name, () => remove(item));
    row.replaceChildren(make("span", file.name), close, make("p", sentence));
    if (mayTryAgain) {
      const again = button(words.again, file.name, () => enqueue(item));
      row.append(again);
    }
    say(`${file.name}: ${sentence}`);
    row.scrollIntoView({ block: "nearest" });
  }

  function cancel(item) {
    item.cancelled = true;
    const place = waiting.indexOf(item);
    if (place >= 0) waiting.splice(place, 1);
    else item.request.abort();
    remove(item);
    say(fill(words.cancelled, { name: item.file.name }));
  }

  /* A row that goes takes its buttons along: the focus moves to the input of the same requirement. */
  function remove(item) {
    const hadFocus = item.row.contains(document.activeElement);
    item.row.remove();
    if (hadFocus) item.box.querySelector('input[type="file"][name^="file_"]').focus();
  }

  frame.classList.add("is-live");
  for (const box of frame.querySelectorAll("[data-upload]")) {
    box.addEventListener("change", (event) => {
      const input = event.target;
      if (input.type !== "file") return;
      for (const file of [...input.files]) add(box, input.name, file);
      input.value = "";
    });
  }
  form.addEventListener("submit", (event) => {
    if (!sending && !waiting.length) return;
    event.preventDefault();
    held = { submitter: event.submitter };
    say(words.hold);
  });
  window.addEventListener("beforeunload", (event) => {
    if (sending || waiting.length) event.preventDefault();
  });
}

/* A case that is shown has been read: the mark goes by a POST of the button beside it. Without this script the button does it. */
const mark = document.querySelector("form[data-mark-read]");
const keep = document.querySelector("form[data-once-read]");
if (mark) {
  const data = new FormData(mark);
  data.set("quiet", "1");
  if (keep) keep.hidden = true;
  const read = async () => {
    try {
      const answer = await fetch(mark.action, { method: "POST", body: new URLSearchParams(data), redirect: "error" });
      if (!answer.ok) return;
      mark.hidden = true;
      if (keep) keep.hidden = false;
    } catch {
      /* no line: the button stays */
    }
  };
  read();
}

/* Ctrl+K (on a Mac also Cmd+K) brings the focus to the search in the head. The box says so: aria-keyshortcuts. */
"use strict";
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    const box = document.querySelector("[data-search-key]");
    const field = box && box.offsetParent ? box : document.getElementById("search-words");
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  }
});

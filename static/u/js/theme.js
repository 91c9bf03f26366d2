/* The workbench has a switch for light and dark; the portal follows what was chosen there, else the system. */
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  /* storage is closed to us: the system decides */
}

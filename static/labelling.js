// One key a label: the buttons do the same without this script.
const typing = (element) => element.closest("input:not([type=hidden]), textarea, select");
let sent = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const button = document.querySelector(`button[data-key="${CSS.escape(key)}"]`);
  if (!button || sent) return;
  event.preventDefault();
  button.click();
});
for (const form of document.querySelectorAll("form")) form.addEventListener("submit", () => { sent = true; });
window.addEventListener("pageshow", () => { sent = false; });

// Follows the worker at a file; without scripts the page reloads itself.
const section = document.querySelector("[data-state]");
const bar = section.querySelector("progress");
const read = section.querySelector("[data-read]");

async function look() {
  const answer = await fetch(section.dataset.state).catch(() => null);
  if (answer?.ok) {
    const state = await answer.json();
    if (state.phase !== section.dataset.phase) return location.reload();
    if (state.rows) {
      bar.max = state.rows;
      bar.value = state.read;
    }
    read.textContent = state.read.toLocaleString(document.documentElement.lang);
  } else if (answer?.status === 404) {
    return location.reload();
  }
  setTimeout(look, 1000);
}
setTimeout(look, 700);

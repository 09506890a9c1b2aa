// Waits for the worker to make the PDF; without scripts the page reloads itself.
const place = document.querySelector("[data-state]");

async function look() {
  const answer = await fetch(place.dataset.state).catch(() => null);
  if (answer?.ok && (await answer.json()).stage !== place.dataset.stage) return location.reload();
  setTimeout(look, 1500);
}
setTimeout(look, 1500);

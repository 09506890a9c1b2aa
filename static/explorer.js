// Comments by key: j and k move, a digit or u presses the button that bears it, t follows the link to its topics, ? shows
// the keys. Buttons and links work without this script.
const list = document.querySelector("[data-correct]");
const form = document.querySelector("#correct");
const told = document.querySelector("#corrected");
const typing = (at) => at.closest("input, select, textarea, [contenteditable]");

function current() {
  return list.querySelector(".comment:focus-within") ?? list.querySelector(".comment.current");
}

function move(by) {
  const all = [...list.querySelectorAll(".comment")];
  const at = all.indexOf(current());
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  for (const one of all) one.classList.toggle("current", one === next);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function show(comment, state) {
  comment.classList.remove("negative", "neutral", "positive", "no_content", "undecided");
  comment.classList.add(state.label);
  const badge = comment.querySelector(".label");
  badge.textContent = state.name;
  badge.className = `badge label ${{ positive: "good", negative: "bad" }[state.label] ?? "off"}`;
  comment.querySelector(".by").textContent = state.by ? ` · ${state.by}` : "";
  for (const button of comment.querySelectorAll("button[data-key]")) {
    if (button.value === "undo") { button.hidden = !state.by; continue; }
    button.setAttribute("aria-pressed", String(button.value === state.label));
    button.classList.toggle("chosen", button.value === state.label);
  }
  told.textContent = state.said || [state.name, state.by].filter(Boolean).join(" · ");
}

async function correct(button) {
  const comment = button.closest(".comment");
  const sent = new FormData(form);
  sent.set("label", button.value);
  try {
    const answer = await fetch(button.formAction, { method: "POST", body: sent, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    show(comment, await answer.json());
  } catch {
    form.requestSubmit(button); // the page itself says what is wrong
  }
}

if (list) {
  if (location.hash) document.getElementById(location.hash.slice(1))?.classList.add("current"); // back from its topics
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-key]");
    if (!button) return;
    event.preventDefault();
    correct(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
      return;
    }
    if (event.key === "?") {
      const keys = document.querySelector("#keys");
      keys.open = !keys.open;
      keys.querySelector("summary").focus();
      return;
    }
    const button = current()?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!button || button.hidden) return;
    if (button.matches("a")) button.click();
    else correct(button);
  });
}

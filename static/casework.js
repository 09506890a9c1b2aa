// The inbox by keyboard, and what is new in it without reloading. Everything works without this.
const EVERY = 30_000; // ms
const LONGEST = 8 * EVERY;
const list = () => document.querySelectorAll("[data-case]");
const place = document.querySelector("[data-replaced]");
const box = document.querySelector("[data-news]");

// --- what is new ---
let tag = "";
let pause = EVERY;

async function ask() {
  if (document.hidden) return;
  const headers = { Accept: "application/json", ...(tag && { "If-None-Match": tag }) };
  const answer = await fetch(box.dataset.news, { headers, credentials: "same-origin", cache: "no-store" });
  if (answer.status === 304) return;
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  tag = answer.headers.get("ETag") ?? "";
  const { changed, words } = await answer.json();
  if (!changed) return;
  const button = box.querySelector("button");
  if (button) button.textContent = words;
  box.hidden = false;
}

function again() {
  setTimeout(async () => {
    try {
      await ask();
      pause = EVERY;
    } catch {
      pause = Math.min(2 * pause, LONGEST);
    }
    again();
  }, pause);
}

// Only the list is put in anew: filters that are being typed and what was chosen stay.
async function renew() {
  const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = fresh.querySelector("[data-replaced]");
  if (!answer.ok || !found) return location.reload();
  const chosen = new Set([...place.querySelectorAll("input:checked")].map((one) => one.value));
  place.replaceChildren(...found.childNodes);
  for (const one of place.querySelectorAll("input[name=cases]")) one.checked = chosen.has(one.value);
  box.dataset.news = fresh.querySelector("[data-news]").dataset.news;
  box.hidden = true;
  tag = "";
}

if (box) {
  box.querySelector("button")?.addEventListener("click", () => renew().catch(() => location.reload()));
  document.addEventListener("visibilitychange", () => ask().catch(() => {}));
  again();
}

// --- the keyboard ---
let here = -1;

function go(to) {
  const cases = list();
  if (!cases.length) return;
  cases[here]?.classList.remove("here");
  here = Math.max(0, Math.min(to, cases.length - 1));
  cases[here].classList.add("here");
  cases[here].scrollIntoView({ block: "nearest" });
  cases[here].querySelector("h2 a").focus({ preventScroll: true });
}

const tick = () => list()[here]?.querySelector("input[name=cases]");
const open = (part = "") => {
  const link = list()[here]?.querySelector("h2 a");
  if (link) location.assign(link.href + part);
};

function take() {
  const form = document.querySelector("form.case-form");
  const to = document.querySelector("#bulk-to");
  if (!form || !to) return;
  if (!form.querySelector("input[name=cases]:checked") && tick()) tick().checked = true;
  if (!form.querySelector("input[name=cases]:checked")) return;
  to.value = "me";
  form.requestSubmit();
}

const KEYS = {
  j: () => go(here + 1),
  k: () => go(here - 1),
  x: () => { const one = tick(); if (one) one.checked = !one.checked; },
  a: take,
  e: () => open("#next"),
  "?": () => document.querySelector("dialog.legend")?.showModal(),
};

if (place) {
  const hint = document.querySelector("[data-keys]");
  if (hint) hint.hidden = false;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });
}

// Coming from the inbox by `e`: the first field of the next step.
if (location.hash === "#next") document.querySelector("#next textarea, #next select")?.focus();

// Nothing that was typed is lost by leaving the page by accident.
let typed = false;
for (const form of document.querySelectorAll("form[data-step]")) {
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
}
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });

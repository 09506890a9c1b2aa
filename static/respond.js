// Comforts on the respondent pages; all of it also works without them.
const form = document.getElementById("answers");

// --- show-if in place: the same rules as survey/questions/conditions.py -----------------------
const isNumber = (value) => typeof value === "number";
function numberIn(text) {
  const plain = text.normalize("NFKC").trim().replace(/,/g, "").replace("\u2212", "-");
  return /^[+-]?\d+(\.\d*)?$/.test(plain) ? Number(plain) : NaN;
}
const same = (given, wanted) => (isNumber(wanted) ? numberIn(given) === wanted : given.trim() === wanted);

function holds(condition, answers) {
  if (condition.all) return condition.all.every((part) => holds(part, answers));
  if (condition.any) return condition.any.some((part) => holds(part, answers));
  const given = answers.get(condition.question) || [];
  const wanted = Array.isArray(condition.value) ? condition.value : [condition.value];
  const matches = given.some((item) => wanted.some((value) => same(item, value)));
  switch (condition.op || "is") {
    case "is": return matches;
    case "is_not": return !matches;
    case "answered": return given.length > 0 && given[0] !== "na";
    case "at_most": return given.length === 1 && numberIn(given[0]) <= condition.value;
    case "at_least": return given.length === 1 && numberIn(given[0]) >= condition.value;
    default: return false;
  }
}

function sent() {
  const answers = new Map();
  for (const [name, value] of new FormData(form)) {
    const code = name.split(".")[0];
    if (typeof value !== "string" || name.startsWith("_") || !value.trim()) continue;
    const item = name === code ? value : `${name}=${value}`;
    const given = answers.get(code) || [];
    if (item === "na") answers.set(code, ["na"]);
    else if (given[0] !== "na") answers.set(code, [...given, item]); // a ticked "not applicable" wins
  }
  return answers;
}

function condition(element) {
  return element && element.dataset.showIf ? JSON.parse(element.dataset.showIf) : null;
}

// In the order of the page: answers to a question that is not asked count for nothing further down.
function show() {
  const answers = sent();
  for (const section of form.querySelectorAll(".section")) {
    const open = condition(section);
    const sectionShown = !open || holds(open, answers);
    section.hidden = !sectionShown;
    for (const question of section.querySelectorAll("[data-question]")) {
      const own = condition(question);
      const shown = sectionShown && (!own || holds(own, answers));
      question.hidden = !shown;
      const asked = question.querySelector("input[name=_asked]");
      if (asked) asked.disabled = !shown;
      if (!shown) answers.delete(question.dataset.question);
    }
  }
  progress(answers);
}

function progress(answers) {
  const box = document.getElementById("answered");
  if (!box) return;
  const asked = [...form.querySelectorAll("[data-question]")].filter((question) => !question.hidden);
  const done = asked.filter((question) => answers.has(question.dataset.question)).length;
  box.querySelector("progress").max = asked.length;
  box.querySelector("progress").value = done;
  box.querySelector("label").textContent = box.dataset.text.replace("{done}", done).replace("{all}", asked.length);
  box.hidden = asked.length < 3;
}

// --- sending ----------------------------------------------------------------------------------
// A second press of the button while the first is under way is only noise; the server would
// answer it with the same receipt.
let sending = 0;
function guard(event) {
  if (Date.now() - sending < 8000) event.preventDefault();
  else {
    sending = Date.now();
    form.classList.add("sending");
  }
}

// --- that somebody began is told once: a number of the day, nothing of who or what -----------------
function begin(event) {
  if (!event.isTrusted || form.elements._begun) return;
  const mark = document.createElement("input");
  [mark.type, mark.name, mark.value] = ["hidden", "_begun", "1"];
  form.append(mark);
  const body = new URLSearchParams({ _key: form.elements._key.value });
  fetch("?begun", { method: "POST", body, keepalive: true, credentials: "omit" })
    .then((answer) => answer.ok || mark.remove(), () => mark.remove());
}

// --- a kiosk goes back to its start -----------------------------------------------------------
function startAgain() {
  location.replace(location.pathname);
}

function watchIdle() {
  const box = document.getElementById("idle");
  const { idle, warning } = form.dataset;
  let timer = 0;
  let before = null;
  const wake = () => {
    clearTimeout(timer);
    if (!box.hidden) {
      box.hidden = true;
      form.removeAttribute("aria-hidden");
      if (before) before.focus();
    }
    timer = setTimeout(warn, idle * 1000);
  };
  const warn = () => {
    before = document.activeElement;
    box.hidden = false;
    form.setAttribute("aria-hidden", "true");
    box.querySelector("button").focus();
    timer = setTimeout(startAgain, warning * 1000);
  };
  for (const name of ["pointerdown", "touchstart", "keydown", "input", "scroll"]) {
    document.addEventListener(name, wake, { passive: true });
  }
  box.querySelector("button").addEventListener("click", wake);
  wake();
}

function returnToStart(link) {
  setTimeout(() => location.replace(link.href), link.dataset.seconds * 1000);
  link.focus();
}

if (form) {
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  form.addEventListener("input", begin);
  form.addEventListener("submit", guard);
  window.addEventListener("pageshow", () => {
    sending = 0;
    form.classList.remove("sending");
    show();
  });
  show();
  const problem = document.getElementById("problem");
  if (problem) problem.focus();
  if (form.dataset.idle) watchIdle();
}
const start = document.getElementById("start");
if (start) returnToStart(start);

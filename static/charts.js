// Draws each chart when it comes into view, in the page's colours, and offers its picture.
// Without this script the tables, open in the page, say the same.
const holder = document.querySelector("[data-plotly]");
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const drawn = new Map(); // element -> what was given for it
let plotly;

function library() {
  plotly ??= new Promise((resolve, reject) => {
    const noMaps = document.createElement("meta"); // stands where plotly.js would put a sheet of its own
    noMaps.id = holder.dataset.mapStyle;
    const script = document.createElement("script");
    script.src = holder.dataset.plotly;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("the chart library could not be loaded"));
    document.head.append(noMaps, script);
  });
  return plotly;
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// The figures come in colours for white paper; text and lines follow the page.
function inPageColours(layout) {
  const copy = structuredClone(layout);
  const ink = colour("--ink"), quiet = colour("--quiet"), line = colour("--line");
  copy.font = { ...copy.font, color: ink };
  for (const axis of [copy.xaxis, copy.yaxis]) {
    if (!axis) continue;
    axis.gridcolor = line;
    if (axis.zeroline) axis.zerolinecolor = quiet;
  }
  for (const note of copy.annotations ?? []) note.font = { ...note.font, color: quiet };
  for (const shape of copy.shapes ?? []) shape.line = { ...shape.line, color: quiet };
  return copy;
}

function inPageInk(data, layout) {
  const copy = structuredClone(data);
  for (const trace of copy) {
    if (trace.mode === "text") trace.textfont.color = colour("--quiet");
    if (trace.error_x?.color === layout.font.color) trace.error_x.color = colour("--ink");
    if (!dark.matches || !trace.mode?.includes("markers") || trace.marker.symbol) continue;
    for (const part of [trace.marker, trace.line, trace.error_x]) if (part) part.color = colour("--accent");
  }
  return copy;
}

async function draw(element) {
  const given = drawn.get(element) ?? JSON.parse(document.getElementById(`figure-${element.dataset.chart}`).textContent);
  const Plotly = await library();
  element.hidden = false;
  const { data, layout } = given.figure;
  await Plotly.react(element, inPageInk(data, layout), inPageColours(layout), given.config);
  if (drawn.has(element)) return;
  drawn.set(element, given);
  const card = element.closest(".chart");
  const table = card.querySelector("details.table");
  if (table && !("listed" in table.dataset)) table.open = false;
  for (const button of card.querySelectorAll("[data-picture]")) button.hidden = false;
}

function words(place, selector) {
  return place.querySelector(selector)?.textContent.trim().replace(/\s+/g, " ");
}

// A picture leaves the page: it takes along the question, n and the period.
function under(card) {
  return [words(card, ".asked"), words(card, "summary .quiet"), words(document, ".context .span")].filter(Boolean).join(" · ");
}

// Plotly would draw the PNG from a blob, which the content security policy refuses; a data address it allows.
async function picture(button) {
  const card = button.closest(".chart");
  const { data, layout } = drawn.get(card.querySelector("[data-chart]")).figure;
  const Plotly = await library();
  const title = { text: words(card, "h2"), subtitle: { text: under(card) }, x: 0.02, xanchor: "left", automargin: true, yref: "container" };
  const size = { width: 1000, height: (layout.height ?? 400) + 70 };
  const figure = { data: structuredClone(data), layout: { ...structuredClone(layout), ...size, paper_bgcolor: "#FFFFFF", title } };
  const svg = await Plotly.toImage(figure, { format: "svg", ...size });
  const kind = button.dataset.picture;
  save(kind === "png" ? await asPng(svg, size, 2) : svg, `${card.id}.${kind}`);
}

async function asPng(svg, { width, height }, scale) {
  const image = new Image();
  image.src = svg;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * scale, height * scale];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

function save(address, name) {
  const link = document.createElement("a");
  [link.href, link.download] = [address, name];
  link.click();
}

if (holder) {
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      near.unobserve(entry.target);
      draw(entry.target.querySelector("[data-chart]")).catch(console.error);
    }
  }, { rootMargin: "300px" });
  for (const card of holder.querySelectorAll(".chart")) if (card.querySelector("[data-chart]")) near.observe(card);
  dark.addEventListener("change", () => { for (const element of drawn.keys()) draw(element); });
  window.addEventListener("beforeprint", () => { for (const element of drawn.keys()) window.Plotly.Plots.resize(element); });
  holder.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picture]");
    if (button) picture(button).catch(console.error);
  });
}

// Draws the given figures one after the other and leaves them in the page, which is then read.
async function asPng(svg, width, height) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").split(",")[1];
}

async function draw({ figures, width, png }) {
  for (const figure of figures) {
    const height = figure.layout.height ?? 400;
    const size = { width, height };
    const given = { data: figure.data, layout: { ...figure.layout, ...size, paper_bgcolor: "#FFFFFF" } };
    const svg = await Plotly.toImage(given, { format: "svg", ...size, imageDataOnly: true });
    const bytes = Array.from(new TextEncoder().encode(svg), (byte) => String.fromCharCode(byte)).join("");
    const made = document.createElement("pre");
    made.dataset.picture = png ? await asPng(svg, width, height) : btoa(bytes);
    document.body.append(made);
  }
}

draw(JSON.parse(document.getElementById("given").textContent));

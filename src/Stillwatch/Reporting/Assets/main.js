// Many charts on one page: each is drawn when it first comes near the screen, or before printing.
const kinds = { log: logChart, life: lifeChart, net: graphChart };
const drawn = new Map();

const draw = root => {
  const { chart: kind, campaign } = root.dataset;
  if (drawn.has(root)) drawn.get(root).resize();
  else drawn.set(root, echarts.init(root, null, { renderer: kind === "net" ? "canvas" : "svg" }));
  drawn.get(root).setOption(kinds[kind](root, data.campaigns[campaign]), true);
};

const redraw = () => [...drawn.keys()].forEach(draw);
const roots = [...document.querySelectorAll("[data-chart]")];
const near = new IntersectionObserver(entries => {
  entries.filter(({ isIntersecting, target }) => isIntersecting && !drawn.has(target)).forEach(({ target }) => draw(target));
}, { rootMargin: "600px" });
roots.forEach(root => near.observe(root));

let widthDrawn = innerWidth;
addEventListener("resize", () => {
  if (innerWidth === widthDrawn) return;
  widthDrawn = innerWidth;
  redraw();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

// Paper is white, and every chart is on it.
addEventListener("beforeprint", () => {
  document.documentElement.dataset.print = "";
  roots.forEach(draw);
});
addEventListener("afterprint", () => {
  delete document.documentElement.dataset.print;
  redraw();
});

// The wheel scrolls the page until somebody works in a graph.
for (const graph of document.querySelectorAll(".graph")) {
  const root = graph.querySelector("[data-chart]");
  const roam = way => drawn.get(root)?.setOption({ series: [{ roam: way }] });
  root.addEventListener("pointerdown", () => roam(true));
  graph.addEventListener("pointerleave", () => roam("move"));
  for (const button of graph.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      if (!drawn.has(root) || button.dataset.zoom === "0") return draw(root);
      const [originX, originY] = [root.clientWidth / 2, root.clientHeight / 2];
      drawn.get(root).dispatchAction({ type: "graphRoam", seriesIndex: 0, zoom: +button.dataset.zoom, originX, originY });
    });
  }
}

document.querySelectorAll(".members").forEach(root => new Members(root));

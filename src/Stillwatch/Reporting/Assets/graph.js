// One shape a kind of value, so that colour is never the only sign. Accounts are circles.
const shapes = [
  "roundRect", "rect", "triangle", "diamond",
  "path://M0,20 L20,0 L40,20 L40,40 L0,40 Z",
  "path://M10,0 L30,0 L40,20 L30,40 L10,40 L0,20 Z",
  "path://M14,0 L26,0 L26,14 L40,14 L40,26 L26,26 L26,40 L14,40 L14,26 L0,26 L0,14 L14,14 Z",
  "path://M20,0 L25,14 L40,15 L28,24 L33,39 L20,30 L7,39 L12,24 L0,15 L15,14 Z",
  "circle",
];

// Verdicts as the legend lists them: places in "verdicts", the most severe first.
const severest = [3, 2, 1, 0];

const graphCategories = () => [
  ...severest.map(verdict => ({
    name: `account: ${verdicts[verdict]}`, symbol: "circle", itemStyle: { color: colour(`mark-${verdicts[verdict]}`) },
  })),
  ...data.kinds.map((kind, i) => ({ name: kind, symbol: shapes[i], itemStyle: { color: colour(`kind-${i}`) } })),
];

const accountNodes = (campaign, { place, few, turned }) => {
  const volumes = campaign.nodes.map(([member]) => campaign.members[member][4] ?? 0);
  const busiest = Math.max(1, ...volumes);
  const largest = few ? 17 : volumes.length <= 100 ? 14 : 10;
  const side = ({ x, y }) => Math.abs(x) > 200 ? (x < 0 ? "left" : "right") : y < 0 ? "top" : "bottom";
  return campaign.nodes.map(([member, x, y], i) => {
    const [name, verdict, , , , , first, last] = campaign.members[member];
    const lines = [`account, ${verdicts[verdict]}`, count(volumes[i], "interaction"), `${time(first)} to ${time(last)} UTC`];
    return {
      id: `m${member}`, name, ...place(x, y), category: severest.indexOf(verdict),
      symbolSize: 5 + (largest - 5) * Math.sqrt(volumes[i] / busiest),
      itemStyle: { borderColor: colour("card"), borderWidth: 0.5 },
      label: { show: few && !turned, position: side(place(x, y)), fontSize: 10.5, color: colour("ink-2") },
      tip: () => tip(name, lines, colour(`mark-${verdicts[verdict]}`)),
    };
  });
};

const valueNodes = (campaign, { place, turned }) => campaign.values.map(([kind, x, y, text, members, parties], i) => {
  const all = campaign.members.length;
  const lines = [
    data.kinds[kind], `used by ${count(members, "member")}`, `${number(parties)} ${parties === 1 ? "party" : "parties"} in the whole log`,
  ];
  return {
    id: `v${i}`, name: text, ...place(x, y), category: severest.length + kind, symbol: shapes[kind],
    symbolSize: (turned ? 9 : 12) + 12 * Math.sqrt(Math.min(1, members / all)),
    itemStyle: { borderColor: colour("card"), borderWidth: 1.2 },
    label: {
      show: true, position: "bottom", distance: 3, fontSize: turned ? 9.5 : 11,
      color: colour("ink"), textBorderColor: colour("card"), textBorderWidth: 3,
    },
    tip: () => tip(text, lines, colour(`kind-${kind}`)),
  };
});

// Accounts around the values they share. The positions were computed when the report was written.
const graphChart = (root, campaign) => {
  // The layout is wider than tall; a narrow screen gets it turned.
  const turned = root.clientWidth < root.clientHeight;
  const few = campaign.nodes.length <= 30;
  const way = { turned, few, place: (x, y) => turned ? { x: y, y: x } : { x, y } };
  const nodes = [...accountNodes(campaign, way), ...valueNodes(campaign, way)];
  const links = campaign.values.flatMap(([kind, , , , , , ...users], i) =>
    users.map(member => ({ source: `v${i}`, target: `m${member}`, lineStyle: { color: colour(`kind-${kind}`) } })));
  const categories = graphCategories();
  const used = new Set(nodes.map(node => node.category));
  const shown = categories.filter((_, i) => used.has(i));
  const names = shown.map(category => category.name);
  const margin = few && !turned ? 175 : 18;
  return {
    ...frame(),
    legend: {
      ...legend(names), data: shown.map(({ name, symbol }) => ({ name, icon: symbol })),
      left: 10, right: 10, top: 12, itemWidth: 13, itemHeight: 13,
    },
    tooltip: { trigger: "item", ...tooltip(({ dataType, data: node }) => dataType === "node" ? node.tip() : null) },
    series: [{
      type: "graph", layout: "none", preserveAspect: "contain", roam: "move", scaleLimit: { min: 0.7, max: 12 },
      top: legendHeight(names, root.clientWidth - 30) + 30, bottom: 24, left: margin, right: margin,
      data: nodes, links, categories,
      label: { formatter: ({ name }) => shorten(name, turned ? 16 : 24), fontFamily: colour("sans") },
      labelLayout: { hideOverlap: true },
      lineStyle: { width: 1, opacity: Math.min(0.45, Math.max(0.1, 120 / links.length)), curveness: 0.06 },
      emphasis: { focus: "adjacency", scale: 1.25, lineStyle: { width: 1.6, opacity: 0.75 } },
      blur: { itemStyle: { opacity: 0.12 }, lineStyle: { opacity: 0.02 }, label: { opacity: 0.1 } },
    }],
  };
};

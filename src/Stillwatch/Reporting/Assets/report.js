"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const pageRows = 15;
  const verdicts = ["clear", "review", "restrict", "block"];

  // Text always enters the page as text: nothing here builds HTML from strings.
  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const number = value => value.toLocaleString("en-US");
  const count = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
  const time = minutes => new Date(minutes * 60000).toISOString().slice(0, 16).replace("T", " ");
  const probability = p => p === 0 || p >= 0.0001 ? String(+p.toFixed(4)) : p.toExponential(1);
  const shorten = (text, length) => text.length > length ? text.slice(0, length - 1) + "…" : text;

  // ---- Members -------------------------------------------------------------------------------------------------------------

  // What a row holds, in the order of the data; "known" says which columns are worth a place.
  const columns = [
    { title: "Account", className: "name", of: row => row[0] },
    { title: "Verdict", of: row => row[1] },
    { title: "Interactions", className: "number", of: row => row[4], show: number },
    { title: "Registered", className: "time", of: row => row[5], show: time },
    { title: "First seen", className: "time", of: row => row[6], show: time },
    { title: "Last seen", className: "time", of: row => row[7], show: time },
    { title: "p-value", className: "number", of: row => row[2], show: probability },
    { title: "Why", className: "why", of: row => row[3] === null ? null : data.reasons[row[3]] },
  ];

  const compare = (a, b) => typeof a === "string" ? (a < b ? -1 : a > b ? 1 : 0) : a - b;

  class Members {
    constructor(root) {
      this.root = root;
      this.rows = data.campaigns[+root.dataset.campaign].members;
      this.columns = columns.filter((column, i) => i < 2 || this.rows.some(row => column.of(row) != null));
      this.sorted = null;
      this.page = 0;
      [this.filter, this.select] = [root.querySelector("input"), root.querySelector("select")];
      this.filter.addEventListener("input", () => this.choose());
      this.select.addEventListener("change", () => this.choose());
      this.addHead();
      this.addPager();
      this.addNames();
      this.choose();
    }

    addHead() {
      const row = element("tr");
      this.heads = this.columns.map((column, i) => {
        const head = element("th", column.className === "number" ? "number" : "");
        head.scope = "col";
        const button = element("button", "", column.title);
        button.type = "button";
        button.addEventListener("click", () => this.sortBy(i));
        head.append(button);
        row.append(head);
        return head;
      });
      this.root.querySelector("thead").append(row);
    }

    addPager() {
      const pager = this.root.querySelector(".pager");
      const step = (text, by) => {
        const button = element("button", "", text);
        button.type = "button";
        button.addEventListener("click", () => { this.page += by; this.show(); });
        return button;
      };
      [this.previous, this.next, this.where] = [step("← Previous", -1), step("Next →", 1), element("span")];
      if (this.rows.length > pageRows) pager.append(this.previous, this.where, this.next);
    }

    addNames() {
      const [details, area] = [this.root.querySelector("details"), this.root.querySelector("textarea")];
      const [copy, said] = [this.root.querySelector(".copy"), details.querySelector("output")];
      details.addEventListener("toggle", () => { area.value ||= this.rows.map(row => row[0]).join("\n"); });
      copy.addEventListener("click", async () => {
        area.select();
        const copied = await (navigator.clipboard?.writeText(area.value).then(() => true, () => false) ?? false) || document.execCommand("copy");
        said.textContent = copied ? `${count(this.rows.length, "name")} copied.` : "Copying is not allowed here; the names are selected.";
      });
    }

    // A second click turns the order; figures begin with the largest. What is not known comes last either way.
    sortBy(index) {
      const first = this.columns[index].className === "number" || index === 1 ? -1 : 1;
      const again = this.sorted?.index === index;
      this.sorted = { index, direction: again ? -this.sorted.direction : first };
      this.heads.forEach((head, i) => {
        if (i === index) head.setAttribute("aria-sort", this.sorted.direction > 0 ? "ascending" : "descending");
        else head.removeAttribute("aria-sort");
      });
      this.choose();
    }

    choose() {
      const words = this.filter.value.trim().toLowerCase();
      const verdict = verdicts.indexOf(this.select.value);
      this.chosen = this.rows.filter(row => (verdict < 0 || row[1] === verdict)
        && (!words || row[0].toLowerCase().includes(words) || (row[3] !== null && data.reasons[row[3]].toLowerCase().includes(words))));
      if (this.sorted) {
        const { of } = this.columns[this.sorted.index];
        const known = value => value !== null && value !== undefined;
        this.chosen.sort((a, b) => {
          const [x, y] = [of(a), of(b)];
          return known(x) && known(y) ? this.sorted.direction * compare(x, y) : known(y) - known(x);
        });
      }
      this.page = 0;
      this.show();
    }

    show() {
      const pages = Math.max(1, Math.ceil(this.chosen.length / pageRows));
      const from = this.page * pageRows;
      this.root.querySelector("tbody").replaceChildren(...this.chosen.slice(from, from + pageRows).map(row => this.line(row)));
      this.root.querySelector(".tools output").textContent = this.chosen.length === this.rows.length
        ? count(this.rows.length, "account")
        : `${number(this.chosen.length)} of ${count(this.rows.length, "account")}`;
      this.where.textContent = `Page ${number(this.page + 1)} of ${number(pages)}`;
      this.previous.disabled = this.page === 0;
      this.next.disabled = this.page >= pages - 1;
    }

    line(row) {
      const line = element("tr");
      this.columns.forEach((column, i) => {
        const cell = element(i === 0 ? "th" : "td", column.className);
        const value = column.of(row);
        if (i === 0) {
          cell.scope = "row";
          cell.append(element("bdi", "", value));
        } else if (i === 1) {
          cell.append(element("span", `verdict ${verdicts[value]}`, verdicts[value]));
        } else {
          const text = value === null || value === undefined ? "–" : column.show ? column.show(value) : value;
          if (column.show === time) text.split(" ").forEach(part => cell.append(element("span", "", part), " "));
          else cell.textContent = text;
        }
        line.append(cell);
      });
      return line;
    }
  }

  // ---- Charts --------------------------------------------------------------------------------------------------------------

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const font = () => colour("sans");

  const tip = (title, lines, swatch) => {
    const box = element("div", "tip");
    const head = element("strong");
    if (swatch) {
      const mark = element("i");
      mark.style.background = swatch;
      head.append(mark);
    }
    head.append(element("bdi", "", title));
    box.append(head, ...lines.map(line => element("span", "", line)));
    return box;
  };

  const tooltip = formatter => ({
    formatter, confine: true, transitionDuration: 0, backgroundColor: colour("card"), borderColor: colour("line-strong"),
    borderWidth: 1, padding: [8, 11], textStyle: { color: colour("ink") },
    extraCssText: "box-shadow: 0 4px 18px rgba(0,0,0,.14); border-radius: 8px;",
  });

  const axis = (more = {}) => ({
    axisLine: { show: more.type === "category", lineStyle: { color: colour("line-strong") } },
    axisTick: { show: false },
    axisLabel: { color: colour("ink-2"), fontSize: 11.5, hideOverlap: true },
    splitLine: { lineStyle: { color: colour("line") } },
    nameTextStyle: { color: colour("ink-2"), fontSize: 11.5, align: "left", padding: [0, 0, 0, -30] },
    ...more,
  });

  const times = (more = {}) => axis({ type: "category", data: data.buckets.map(name => name.split(" ")[0]), splitLine: { show: false }, ...more });
  const short = value => value >= 1e6 ? `${+(value / 1e6).toFixed(1)} M` : value >= 1e3 ? `${+(value / 1e3).toFixed(1)} k` : number(value);
  const legend = names => ({
    data: names, top: 0, left: -5, itemWidth: 12, itemHeight: 9, itemGap: 10, icon: "roundRect", formatter: name => shorten(name, 28),
    textStyle: { color: colour("ink-2"), fontSize: 12 }, inactiveColor: colour("line-strong"),
  });

  // How tall a legend gets when it wraps: charts begin below it.
  const pen = document.createElement("canvas").getContext("2d");
  const legendHeight = (names, width) => {
    pen.font = `12px ${font()}`;
    let [lines, used] = [1, 0];
    for (const name of names) {
      const wide = pen.measureText(shorten(name, 28)).width + 32;
      [lines, used] = used > 0 && used + wide > width ? [lines + 1, wide] : [lines, used + wide];
    }
    return lines * 24;
  };
  const frame = () => ({ textStyle: { fontFamily: font() }, animation: false });

  const charts = {
    log: root => {
      // The strongest campaigns have colours of their own; the others are one.
      const shown = data.campaigns.slice(0, 6);
      const rest = data.campaigns.slice(6);
      const series = shown.map((campaign, i) => ({ name: campaign.name, values: campaign.interactions, colour: colour(`kind-${[5, 7, 0, 3, 1, 4][i]}`) }));
      if (rest.length) {
        series.push({ name: "weaker campaigns", values: data.buckets.map((_, i) => rest.reduce((sum, c) => sum + c.interactions[i], 0)), colour: colour("kind-8") });
      }
      const others = data.log.map((all, i) => Math.max(0, all - series.reduce((sum, one) => sum + one.values[i], 0)));
      series.push({ name: "everyone else", values: others, colour: colour("log") });
      const names = series.map(one => one.name);
      return {
        ...frame(),
        legend: legend(names),
        grid: { left: 48, right: 4, top: legendHeight(names, root.clientWidth) + 14, bottom: 24 },
        xAxis: times(),
        yAxis: axis({ type: "value", axisLabel: { color: colour("ink-2"), fontSize: 11.5, formatter: short } }),
        tooltip: {
          trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: colour("ink"), opacity: 0.06 } },
          ...tooltip(([{ dataIndex: i }]) => tip(data.buckets[i],
            [`${count(data.log[i], "interaction")} in all`, ...series.filter(one => one.values[i]).map(one => `${number(one.values[i])} ${one.name}`)])),
        },
        series: series.map(one => ({
          type: "bar", stack: "log", name: one.name, data: one.values, barCategoryGap: "22%", itemStyle: { color: one.colour },
        })),
      };
    },

    life: (root, campaign) => {
      const names = ["campaign", "whole log", "active accounts", "first seen", "last seen"];
      const top = legendHeight(names, root.clientWidth) + 26;
      const below = root.clientHeight - 28;
      const [upper, lower] = [Math.round((below - top) * 0.62), Math.round((below - top) * 0.27)];
      // Steps that are as wide as the bars need an axis of their own, on which a bucket reaches from i - 0.5 to i + 0.5.
      const steps = values => values.flatMap((value, i) => [[i - 0.5, value], [i + 0.5, value]]);
      const continuous = gridIndex => ({
        type: "value", gridIndex, show: false, min: -0.5, max: data.buckets.length - 0.5, axisPointer: { show: false },
      });
      const figures = (gridIndex, name, more = {}) => axis({
        type: "value", gridIndex, name, min: 0, axisLabel: { color: colour("ink-2"), fontSize: 11.5, formatter: value => short(Math.abs(value)) }, ...more,
      });
      const line = (name, values, at, more) => ({ type: "line", name, data: steps(values), symbol: "none", tooltip: { show: false }, ...at, ...more });
      const bars = (name, values, at, more) => ({ type: "bar", name, data: values, barCategoryGap: "30%", ...at, ...more });
      return {
        ...frame(),
        legend: legend(names),
        grid: [{ left: 48, right: 48, top, height: upper }, { left: 48, right: 48, top: below - lower, height: lower }],
        axisPointer: { link: [{ xAxisIndex: [0, 1] }] },
        xAxis: [times({ gridIndex: 0, axisLabel: { show: false } }), times({ gridIndex: 1, axisLine: { show: false } }), continuous(0), continuous(1)],
        yAxis: [
          figures(0, "campaign"),
          figures(0, "whole log", { splitLine: { show: false }, nameTextStyle: { color: colour("ink-2"), fontSize: 11.5, align: "right", padding: [0, -34, 0, 0] } }),
          figures(1, "accounts", { splitNumber: 2, min: null }),
        ],
        tooltip: {
          trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: colour("ink"), opacity: 0.06 } },
          ...tooltip(shown => {
            const i = shown.find(one => one.seriesType === "bar")?.dataIndex;
            return i === undefined ? null : tip(data.buckets[i], [
              `${count(campaign.interactions[i], "interaction")} of ${number(data.log[i])} in the log`,
              `${count(campaign.active[i], "active account")}${data.days_per_bucket > 1 ? " on the busiest day" : ""}`,
              `${number(campaign.joined[i])} seen for the first time, ${number(campaign.left[i])} for the last`,
            ]);
          }),
        },
        series: [
          line("whole log", data.log, { xAxisIndex: 2, yAxisIndex: 1 },
            { z: 1, lineStyle: { width: 0 }, itemStyle: { color: colour("log") }, areaStyle: { color: colour("log"), opacity: 0.6 } }),
          bars("campaign", campaign.interactions, { xAxisIndex: 0, yAxisIndex: 0 }, { z: 2, itemStyle: { color: colour("accent"), borderRadius: [2, 2, 0, 0] } }),
          bars("first seen", campaign.joined, { xAxisIndex: 1, yAxisIndex: 2 }, { stack: "turnover", itemStyle: { color: colour("joined") } }),
          bars("last seen", campaign.left.map(left => -left), { xAxisIndex: 1, yAxisIndex: 2 }, { stack: "turnover", itemStyle: { color: colour("left") } }),
          line("active accounts", campaign.active, { xAxisIndex: 3, yAxisIndex: 2 },
            { lineStyle: { width: 1.8, color: colour("ink-2") }, itemStyle: { color: colour("ink-2") } }),
        ],
      };
    },

    net: (root, campaign) => net(root, campaign),
  };

  // One shape a kind, so that colour is never the only sign.
  const shapes = [
    "roundRect", "rect", "triangle", "diamond", "path://M0,20 L20,0 L40,20 L40,40 L0,40 Z", "path://M10,0 L30,0 L40,20 L30,40 L10,40 L0,20 Z",
    "path://M14,0 L26,0 L26,14 L40,14 L40,26 L26,26 L26,40 L14,40 L14,26 L0,26 L0,14 L14,14 Z",
    "path://M20,0 L25,14 L40,15 L28,24 L33,39 L20,30 L7,39 L12,24 L0,15 L15,14 Z", "circle",
  ];

  const severe = [3, 2, 1, 0];

  const net = (root, campaign) => {
    const busiest = Math.max(1, ...campaign.nodes.map(([member]) => campaign.members[member][4] ?? 0));
    const few = campaign.nodes.length <= 30;
    const largest = few ? 17 : campaign.nodes.length <= 100 ? 14 : 10;
    // The layout is wider than tall; a narrow screen gets it turned.
    const turned = root.clientWidth < root.clientHeight;
    const place = (x, y) => turned ? { x: y, y: x } : { x, y };
    const side = ({ x, y }) => Math.abs(x) > 200 ? (x < 0 ? "left" : "right") : y < 0 ? "top" : "bottom";
    const accounts = campaign.nodes.map(([member, x, y]) => {
      const row = campaign.members[member];
      return {
        id: `m${member}`, name: row[0], ...place(x, y), category: severe.indexOf(row[1]), symbolSize: 5 + (largest - 5) * Math.sqrt((row[4] ?? 0) / busiest),
        itemStyle: { borderColor: colour("card"), borderWidth: 0.5 },
        label: { show: few && !turned, position: side(place(x, y)), fontSize: 10.5, color: colour("ink-2") },
        tip: () => tip(row[0], [`account, ${verdicts[row[1]]}`, count(row[4] ?? 0, "interaction"), `${time(row[6])} to ${time(row[7])} UTC`], colour(`mark-${verdicts[row[1]]}`)),
      };
    });
    const values = campaign.values.map(([kind, x, y, label, members, parties], i) => ({
      id: `v${i}`, name: label, ...place(x, y), category: severe.length + kind, symbol: shapes[kind],
      symbolSize: (turned ? 9 : 12) + 12 * Math.sqrt(members / campaign.members.length), itemStyle: { borderColor: colour("card"), borderWidth: 1.2 },
      label: {
        show: true, position: "bottom", distance: 3, fontSize: turned ? 9.5 : 11, color: colour("ink"), textBorderColor: colour("card"), textBorderWidth: 3,
      },
      tip: () => tip(label, [data.kinds[kind], `used by ${number(members)} of ${count(campaign.members.length, "member")}`,
        `${number(parties)} ${parties === 1 ? "party" : "parties"} in the whole log`], colour(`kind-${kind}`)),
    }));
    const categories = [...severe.map(verdict => ({ name: `account: ${verdicts[verdict]}`, symbol: "circle", itemStyle: { color: colour(`mark-${verdicts[verdict]}`) } })),
      ...data.kinds.map((kind, i) => ({ name: kind, symbol: shapes[i], itemStyle: { color: colour(`kind-${i}`) } }))];
    const used = new Set([...accounts, ...values].map(node => node.category));
    const shown = categories.filter((_, i) => used.has(i));
    const names = shown.map(category => category.name);
    const links = campaign.values.flatMap(([kind, , , , , , ...users], i) => users.map(member => ({
      source: `v${i}`, target: `m${member}`, lineStyle: { color: colour(`kind-${kind}`) },
    })));
    const margin = few && !turned ? 150 : 18;
    return {
      ...frame(),
      legend: {
        ...legend(names), data: shown.map(({ name, symbol }) => ({ name, icon: symbol })), left: 10, right: 10, top: 12, itemWidth: 13, itemHeight: 13,
      },
      tooltip: { trigger: "item", ...tooltip(({ dataType, data: node }) => dataType === "node" ? node.tip() : null) },
      series: [{
        type: "graph", layout: "none", preserveAspect: "contain", top: legendHeight(names, root.clientWidth - 30) + 30, bottom: 24, left: margin, right: margin,
        roam: "move", scaleLimit: { min: 0.7, max: 12 },
        data: [...accounts, ...values], links, categories,
        label: { formatter: ({ name }) => shorten(name, turned ? 16 : 24), fontFamily: font() },
        labelLayout: { hideOverlap: true },
        lineStyle: { width: 1, opacity: Math.min(0.45, Math.max(0.1, 120 / links.length)), curveness: 0.06 },
        emphasis: { focus: "adjacency", scale: 1.25, lineStyle: { width: 1.6, opacity: 0.75 } },
        blur: { itemStyle: { opacity: 0.12 }, lineStyle: { opacity: 0.02 }, label: { opacity: 0.1 } },
      }],
    };
  };

  // Many charts on one page: each is drawn when it first comes near the screen, or before printing.
  const drawn = new Map();
  const draw = root => {
    const { chart: kind, campaign } = root.dataset;
    let chart = drawn.get(root);
    if (!chart) {
      chart = echarts.init(root, null, { renderer: kind === "net" ? "canvas" : "svg" });
      drawn.set(root, chart);
    }
    else chart.resize();
    chart.setOption(charts[kind](root, data.campaigns[campaign]), true);
  };

  const roots = [...document.querySelectorAll("[data-chart]")];
  const near = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting && !drawn.has(target)) draw(target);
    }
  }, { rootMargin: "600px" });
  roots.forEach(root => near.observe(root));
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    [...drawn.keys()].forEach(draw);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => [...drawn.keys()].forEach(draw));

  // Paper is light and has a width of its own.
  const root = document.documentElement;
  addEventListener("beforeprint", () => {
    root.dataset.print = "";
    roots.forEach(draw);
  });
  addEventListener("afterprint", () => {
    delete root.dataset.print;
    roots.forEach(draw);
  });

  // The wheel scrolls the page until somebody works in the graph.
  for (const graph of document.querySelectorAll(".graph")) {
    const target = graph.querySelector("[data-chart]");
    const roam = on => drawn.get(target)?.setOption({ series: [{ roam: on }] });
    graph.addEventListener("pointerdown", () => roam(true));
    graph.addEventListener("pointerleave", () => roam("move"));
    graph.addEventListener("click", ({ target: button }) => {
      const factor = +(button.dataset?.zoom ?? NaN);
      const chart = drawn.get(target);
      if (!chart || Number.isNaN(factor)) return;
      if (factor === 0) draw(target);
      else chart.dispatchAction({ type: "graphRoam", seriesIndex: 0, zoom: factor, originX: chart.getWidth() / 2, originY: chart.getHeight() / 2 });
    });
  }

  document.querySelectorAll(".members").forEach(members => new Members(members));
})();

// Colours and font are those of the style sheet, so that the charts follow the page from light to dark and onto paper.
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const frame = () => ({ textStyle: { fontFamily: colour("sans") }, animation: false });

// A tip is an element with text in it: whatever an account is called, it stays text.
const tip = (title, lines, swatch) => {
  const head = element("strong");
  if (swatch) {
    const mark = element("i");
    mark.style.background = swatch;
    head.append(mark);
  }
  head.append(element("bdi", "", title));
  const box = element("div", "tip");
  box.append(head, ...lines.map(line => element("span", "", line)));
  return box;
};

const tooltip = formatter => ({
  formatter, confine: true, transitionDuration: 0, backgroundColor: colour("card"), borderColor: colour("line-strong"),
  borderWidth: 1, padding: [8, 11], textStyle: { color: colour("ink") },
  extraCssText: "box-shadow: 0 4px 18px rgba(0,0,0,.14); border-radius: 8px;",
});

const tooltipOfATime = lines => ({
  trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: colour("ink"), opacity: 0.06 } },
  ...tooltip(shown => {
    const at = shown.find(one => one.seriesType === "bar")?.dataIndex;
    return at === undefined ? null : tip(data.buckets[at], lines(at));
  }),
});

const label = more => ({ color: colour("ink-2"), fontSize: 11.5, ...more });

const axis = (more = {}) => ({
  axisLine: { show: more.type === "category", lineStyle: { color: colour("line-strong") } },
  axisTick: { show: false },
  axisLabel: label({ hideOverlap: true }),
  splitLine: { show: more.type !== "category", lineStyle: { color: colour("line") } },
  nameTextStyle: label({ align: "left", padding: [0, 0, 0, -30] }),
  ...more,
});

const times = (more = {}) => axis({ type: "category", data: data.buckets.map(name => name.split(" ")[0]), ...more });
const figures = (more = {}) => axis({ type: "value", axisLabel: label({ formatter: value => short(Math.abs(value)) }), ...more });

const legend = names => ({
  data: names, top: 0, left: -5, itemWidth: 12, itemHeight: 9, itemGap: 10, icon: "roundRect", formatter: name => shorten(name, 28),
  textStyle: { color: colour("ink-2"), fontSize: 12 }, inactiveColor: colour("line-strong"),
});

// How tall a legend gets when it wraps: charts begin below it.
const pen = document.createElement("canvas").getContext("2d");
const legendHeight = (names, width) => {
  pen.font = `12px ${colour("sans")}`;
  let [lines, used] = [1, 0];
  for (const name of names) {
    const wide = pen.measureText(shorten(name, 28)).width + 32;
    [lines, used] = used > 0 && used + wide > width ? [lines + 1, wide] : [lines, used + wide];
  }
  return lines * 24;
};

// The whole log: the strongest campaigns have colours of their own, the others are one.
const logChart = root => {
  const [shown, rest] = [data.campaigns.slice(0, 6), data.campaigns.slice(6)];
  const series = shown.map(({ name, interactions }, i) => ({ name, values: interactions, fill: colour(`kind-${[5, 7, 0, 3, 1, 4][i]}`) }));
  const sum = (list, i) => list.reduce((total, one) => total + one[i], 0);
  if (rest.length) {
    const values = data.buckets.map((_, i) => sum(rest.map(campaign => campaign.interactions), i));
    series.push({ name: "weaker campaigns", values, fill: colour("kind-8") });
  }
  const others = data.log.map((all, i) => Math.max(0, all - sum(series.map(one => one.values), i)));
  series.push({ name: data.campaigns.length ? "everyone else" : "all accounts", values: others, fill: colour("log") });
  const names = series.map(one => one.name);
  return {
    ...frame(),
    legend: legend(names),
    grid: { left: 48, right: 4, top: legendHeight(names, root.clientWidth) + 14, bottom: 24 },
    xAxis: times(),
    yAxis: figures(),
    tooltip: tooltipOfATime(i => [
      `${count(data.log[i], "interaction")} in all`,
      ...series.filter(one => one.values[i]).map(one => `${number(one.values[i])} ${one.name}`),
    ]),
    series: series.map(({ name, values, fill }) => ({
      type: "bar", stack: "log", name, data: values, barCategoryGap: "22%", itemStyle: { color: fill },
    })),
  };
};

// Steps as wide as bars need an axis of their own, on which a bucket reaches from i - 0.5 to i + 0.5.
const stepAxis = gridIndex => ({
  type: "value", gridIndex, show: false, min: -0.5, max: data.buckets.length - 0.5, axisPointer: { show: false },
});

const steps = (name, values, more) => ({
  type: "line", name, symbol: "none", tooltip: { show: false },
  data: values.flatMap((value, i) => [[i - 0.5, value], [i + 0.5, value]]), ...more,
});

const bars = (name, values, fill, more) => ({
  type: "bar", name, data: values, barCategoryGap: "30%", itemStyle: { color: fill }, ...more,
});

// A campaign's life: its interactions before those of the log, and below them its accounts as they come and go.
const lifeChart = (root, campaign) => {
  const names = ["campaign", "whole log", "active accounts", "first seen", "last seen"];
  const top = legendHeight(names, root.clientWidth) + 26;
  const bottom = root.clientHeight - 28;
  const [upper, lower] = [Math.round((bottom - top) * 0.62), Math.round((bottom - top) * 0.27)];
  const [ink, log] = [colour("ink-2"), colour("log")];
  const below = { xAxisIndex: 1, yAxisIndex: 2 };
  return {
    ...frame(),
    legend: legend(names),
    grid: [{ left: 48, right: 48, top, height: upper }, { left: 48, right: 48, top: bottom - lower, height: lower }],
    axisPointer: { link: [{ xAxisIndex: [0, 1] }] },
    xAxis: [
      times({ gridIndex: 0, axisLabel: { show: false } }), times({ gridIndex: 1, axisLine: { show: false } }), stepAxis(0), stepAxis(1),
    ],
    yAxis: [
      figures({ gridIndex: 0, name: "campaign", min: 0 }),
      figures({
        gridIndex: 0, name: "whole log", min: 0, splitLine: { show: false },
        nameTextStyle: label({ align: "right", padding: [0, -34, 0, 0] }),
      }),
      figures({ gridIndex: 1, name: "accounts", splitNumber: 2 }),
    ],
    tooltip: tooltipOfATime(i => [
      `${count(campaign.interactions[i], "interaction")} of ${number(data.log[i])} in the log`,
      `${count(campaign.active[i], "active account")}${data.days_per_bucket > 1 ? " on the busiest day" : ""}`,
      `${number(campaign.joined[i])} seen for the first time, ${number(campaign.left[i])} for the last`,
    ]),
    series: [
      steps("whole log", data.log, {
        xAxisIndex: 2, yAxisIndex: 1, z: 1, lineStyle: { width: 0 }, itemStyle: { color: log }, areaStyle: { color: log, opacity: 0.6 },
      }),
      bars("campaign", campaign.interactions, colour("accent"), { z: 2 }),
      bars("first seen", campaign.joined, colour("joined"), { ...below, stack: "turnover" }),
      bars("last seen", campaign.left.map(left => -left), colour("left"), { ...below, stack: "turnover" }),
      steps("active accounts", campaign.active, {
        xAxisIndex: 3, yAxisIndex: 2, lineStyle: { width: 1.8, color: ink }, itemStyle: { color: ink },
      }),
    ],
  };
};

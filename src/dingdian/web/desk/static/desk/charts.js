// Draws what stands in the page as data: bars by category, stacked or not, with lines across them.
"use strict";
(() => {
  const COLOURS = ["#17508f", "#b06a00", "#1c6440"];
  const LINES = ["#a3201d", "#7a4b00", "#4d5866"];

  function bars(data) {
    return data.series.map((each, at) => ({
      type: "bar", name: each.name, data: each.values, barMaxWidth: 28,
      stack: data.stacked ? "all" : undefined,
      itemStyle: { color: COLOURS[at % COLOURS.length] },
      emphasis: { focus: "series" },
    }));
  }

  function across(data) {
    return data.lines.map((each, at) => ({
      type: "line", name: each.name, data: data.categories.map(() => each.value), symbol: "none",
      lineStyle: { color: LINES[at % LINES.length], width: 2, type: at ? "dashed" : "solid" },
      itemStyle: { color: LINES[at % LINES.length] },
    }));
  }

  function draw(place) {
    const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    const font = { fontFamily: getComputedStyle(document.body).fontFamily, color: "#1d2530" };
    chart.setOption({
      animation: false,
      textStyle: font,
      aria: { enabled: false, decal: { show: data.series.length > 1 } },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
      legend: { top: 0, textStyle: font, type: "scroll" },
      grid: { left: 8, right: 16, top: 44, bottom: 4, containLabel: true },
      xAxis: { type: "category", data: data.categories,
        axisLabel: { interval: 0, rotate: data.categories.length > 6 ? 35 : 0, color: "#1d2530" } },
      yAxis: { type: "value", name: data.unit, nameTextStyle: { align: "left", color: "#4d5866" },
        axisLabel: { color: "#1d2530" } },
      series: [...bars(data), ...across(data)],
    });
    new ResizeObserver(() => chart.resize()).observe(place);
    place.dataset.drawn = "1";
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-chart]").forEach(draw);
  });
})();

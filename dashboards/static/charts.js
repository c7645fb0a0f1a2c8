"use strict";
// Draws every chart of the page with the page's theme, one after the other.
(function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const configurations = read("configurations");
  const theme = () => document.documentElement.dataset.theme;
  const options = () => ({ config: configurations[theme()], actions: false, renderer: "svg", tooltip: { theme: theme() } });

  window.drawChart = (element, specification) => vegaEmbed(element, specification, options());

  async function drawAll() {
    for (const element of document.querySelectorAll("[data-specification]")) {
      if (element.view) element.view.finalize();
      const drawn = await window.drawChart(element, read(element.dataset.specification));
      element.view = drawn.view;
    }
    document.documentElement.dataset.drawn = theme();
  }
  drawAll();
  addEventListener("themechange", drawAll);
})();

"use strict";
// The theme before the first paint: a person's choice, else what the system prefers.
(function () {
  const stored = (() => { try { return localStorage.getItem("theme"); } catch (_) { return null; } })();
  const preferred = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = stored || preferred;
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme").addEventListener("click", () => {
      const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      document.documentElement.dataset.theme = next;
      try { localStorage.setItem("theme", next); } catch (_) { /* private window: not kept */ }
      dispatchEvent(new Event("themechange"));
    });
  });
})();

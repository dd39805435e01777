// 柜台: keys and answers while typing. Every page works without this file.
"use strict";
(() => {
  const search = document.querySelector("[data-slash]");
  const box = document.querySelector("[data-suggest]");
  const form = document.querySelector("[data-submit-keys]");
  const typing = (el) => el && /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName);

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && search && !typing(event.target)) { event.preventDefault(); search.focus(); search.select(); }
    if (event.key === "Enter" && event.ctrlKey && form) { event.preventDefault(); const first = form.querySelector("button[name=answer]:not([disabled])"); if (first) form.requestSubmit(first); }
    if ((event.key === "n" || event.key === "N") && !typing(event.target) && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const next = [...document.querySelectorAll("a")].find((link) => link.textContent.includes("（N）"));
      if (next) { event.preventDefault(); next.click(); }
    }
  });

  if (box) suggest(box, document.getElementById("suggestions"));
  function suggest(input, place) {
    let asked = 0, at = -1;
    const links = () => [...place.querySelectorAll("li")];
    input.addEventListener("input", async () => {
      const mine = ++asked;
      try {
        const answer = await fetch(input.dataset.suggest + "?q=" + encodeURIComponent(input.value));
        const words = await answer.text();
        if (mine === asked && answer.ok) { place.innerHTML = words; at = -1; }
      } catch { /* the 找 button still works */ }
    });
    input.addEventListener("keydown", (event) => {
      const all = links();
      if (!all.length) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        at = (at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length;
        all.forEach((li, n) => li.classList.toggle("on", n === at));
      } else if (event.key === "Enter" && at >= 0) { event.preventDefault(); all[at].querySelector("a").click(); }
    });
  }

  const presented = document.getElementById("presented");
  const presenter = document.getElementById("presenter");
  if (presented && presenter) {
    const show = () => { presenter.hidden = !presented.checked; };
    presented.addEventListener("change", show); show();
  }

  const print = document.getElementById("print");
  if (print) {
    print.addEventListener("click", () => window.print());
    if ("opens" in print.dataset) window.addEventListener("load", () => window.print());
  }
  document.querySelectorAll("form[method=post]").forEach((one) => {
    let sent = false;
    one.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; });
    window.addEventListener("pageshow", () => { sent = false; });
  });
})();

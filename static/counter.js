// 柜台: keys and answers while typing. Every page works without this file.
"use strict";
(() => {
  const first = (what) => document.querySelector(what);
  const isTyping = (el) => el.matches("input:not([type=checkbox],[type=radio]),textarea,select");

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    const act = (done) => { if (done) { event.preventDefault(); done(); } };
    if (event.key === "Enter" && event.ctrlKey) {
      const form = first("[data-submit-keys]");
      act(form && (() => form.requestSubmit(form.querySelector("button:not([type=button]):not([disabled])"))));
    } else if (event.key === "/" && plain && !isTyping(event.target)) {
      const search = first("[data-slash]");
      act(search && (() => { search.focus(); search.select(); }));
    } else if (event.key.toLowerCase() === "n" && plain && !isTyping(event.target)) {
      const next = first("[data-key=n]");
      act(next && (() => next.click()));
    } else if (event.code === "KeyA" && event.altKey) {
      const all = first("#all-brought");
      act(all && (() => all.click()));
    }
  });

  // 找事项: the list follows the typing; arrows walk through it, Enter opens
  const search = first("[data-suggest]"), place = first("#suggestions");
  if (search && place) {
    let asked = 0, waiting = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const mine = ++asked;
        try {
          const answer = await fetch(search.dataset.suggest + (search.dataset.suggest.includes("?") ? "&q=" : "?q=") + encodeURIComponent(search.value));
          const words = await answer.text();
          if (mine === asked && answer.ok && !answer.redirected) place.innerHTML = words;
        } catch { /* the 找 button still works */ }
      }, 120);
    });
    document.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [search, ...place.querySelectorAll("a")];
      const at = stops.indexOf(event.target);
      if (!step || at < 0 || event.isComposing) return;
      event.preventDefault();
      stops[(at + step + stops.length) % stops.length].focus();
    });
  }

  // 材料清单: all at once, or up and down the column
  const list = first(".checklist"), all = first("#all-brought");
  if (list) list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    const row = step && event.target.closest("li")[step];
    if (!row) return;
    event.preventDefault();
    row.querySelectorAll("input")[[...event.target.closest("li").querySelectorAll("input")].indexOf(event.target)].focus();
  });
  if (all) {
    all.hidden = false;
    all.addEventListener("click", () => {
      list.querySelectorAll("[name=brought]").forEach((box) => { box.checked = !box.closest("li").querySelector("[name=waived]").checked; });
    });
  }

  // 身份证号带出出生日期和性别, until somebody types another
  document.querySelectorAll("[data-fills]").forEach((number) => {
    const of = (name) => first("#" + number.dataset.fills + name);
    const born = of("born_on"), sex = of("sex"), kind = of("document_kind");
    for (const field of [born, sex]) field.addEventListener("change", () => { field.dataset.typed = "1"; });
    number.addEventListener("input", () => {
      const found = /^\d{6}(\d{4})(\d\d)(\d\d)\d\d(\d)[\dXx]$/.exec(number.value.normalize("NFKC").replace(/\s/g, ""));
      if (kind.value !== "resident_id" || !found) return;
      if (!born.dataset.typed) born.value = found.slice(1, 4).join("-");
      if (!sex.dataset.typed) sex.value = found[4] % 2 ? "male" : "female";
    });
  });

  // 打印: the dialog opens by itself, once
  const print = first("#print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
    if ("opens" in print.dataset) window.addEventListener("load", () => {
      history.replaceState(null, "", location.pathname);
      window.print();
    });
  }

  const wrong = first("[aria-invalid=true]");
  if (wrong) wrong.focus();

  document.querySelectorAll("form[method=post]").forEach((form) => {
    let sent = false;
    form.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; });
    window.addEventListener("pageshow", () => { sent = false; });
  });
})();

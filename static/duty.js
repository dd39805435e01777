// 排班: a name dragged onto another of its kind changes places with it. Links do the same without.
"use strict";
(() => {
  const form = document.querySelector("#dragged");
  let held = null;
  const chip = (event) => event.target.closest && event.target.closest("[data-turn]");
  const fits = (other) => held && other && other !== held && other.dataset.duty === held.dataset.duty;
  const on = (name, act) => document.addEventListener(name, act);
  on("dragstart", (event) => {
    held = chip(event);
    if (held) { held.classList.add("held"); event.dataTransfer.effectAllowed = "move"; }
  });
  on("dragover", (event) => {
    document.querySelectorAll(".chip.over").forEach((one) => one.classList.remove("over"));
    const other = chip(event);
    if (fits(other)) { event.preventDefault(); other.classList.add("over"); }
  });
  on("drop", (event) => {
    const other = chip(event);
    if (!fits(other)) return;
    event.preventDefault();
    form.elements.turn.value = held.dataset.turn;
    form.elements.other.value = other.dataset.turn;
    form.requestSubmit();
  });
  on("dragend", () => { if (held) held.classList.remove("held"); held = null; });
})();

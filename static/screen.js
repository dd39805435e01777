// 大厅屏幕: asks every few seconds what stands on it; keeps what it has while nobody answers.
"use strict";
(() => {
  const now = document.querySelector("#now"), away = document.querySelector("#away");
  const every = Number(now.dataset.every) * 1000;
  let shown = "";
  const ask = async () => {
    try {
      const answer = await fetch(now.dataset.from, { cache: "no-store", signal: AbortSignal.timeout(every) });
      if (!answer.ok) throw new Error();
      const words = await answer.text();
      if (words !== shown) { now.innerHTML = words; shown = words; }
      away.hidden = true;
    } catch { away.hidden = false; }
    setTimeout(ask, every);
  };
  setTimeout(ask, every);
})();

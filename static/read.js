// 朗读、打印: reads the page aloud with the browser's own voice; prints what to bring.
// The page is whole without either.
"use strict";
(() => {
  const title = document.querySelector("main h1");
  if (!title) return;
  const bar = document.createElement("p");
  bar.className = "toolbar noprint";
  const button = (words, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "quiet";
    made.textContent = words;
    made.addEventListener("click", press);
    bar.append(made);
    return made;
  };
  if ("speechSynthesis" in window) {
    const rest = () => { aloud.textContent = "朗读"; aloud.setAttribute("aria-pressed", "false"); };
    const aloud = button("朗读", () => {
      if (speechSynthesis.speaking) { speechSynthesis.cancel(); rest(); return; }
      bar.hidden = true;
      const words = document.querySelector("main").innerText;
      bar.hidden = false;
      for (const part of words.match(/[^。！？\n]+[。！？\n]*/g) || []) {
        const spoken = new SpeechSynthesisUtterance(part);
        spoken.lang = "zh-CN";
        spoken.rate = 0.9;
        spoken.onend = () => { if (!speechSynthesis.pending && !speechSynthesis.speaking) rest(); };
        speechSynthesis.speak(spoken);
      }
      aloud.textContent = "停止朗读";
      aloud.setAttribute("aria-pressed", "true");
    });
    rest();
    window.addEventListener("pagehide", () => speechSynthesis.cancel());
  }
  if (document.querySelector("main .checklist")) button("打印", () => window.print());
  if (bar.children.length) title.after(bar);
})();

// 朗读: reads the page aloud with the browser's own voice. The page is whole without it.
"use strict";
(() => {
  const title = document.querySelector("main h1");
  if (!title || !("speechSynthesis" in window)) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet noprint";
  const rest = () => { button.textContent = "朗读"; button.setAttribute("aria-pressed", "false"); };
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) { speechSynthesis.cancel(); rest(); return; }
    const words = document.querySelector("main").innerText.replace(/^.*朗读\n/, "");
    for (const part of words.match(/[^。！？\n]+[。！？\n]*/g) || []) {
      const spoken = new SpeechSynthesisUtterance(part);
      spoken.lang = "zh-CN";
      spoken.rate = 0.9;
      spoken.onend = () => { if (!speechSynthesis.pending && !speechSynthesis.speaking) rest(); };
      speechSynthesis.speak(spoken);
    }
    button.textContent = "停止朗读";
    button.setAttribute("aria-pressed", "true");
  });
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
  rest();
  title.after(button);
})();

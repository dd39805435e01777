// 短信字数: counts a template as carriers do, while it is typed. Without this the button counts.
"use strict";
for (const form of document.querySelectorAll("form[data-texts]")) {
  const longest = JSON.parse(form.dataset.longest);
  const wording = form.elements.wording;
  const show = () => {
    const said = wording.value.replace(/\{([^{}]*)\}/g, (all, blank) => longest[blank] ?? all);
    const signature = form.elements.signature.value || form.dataset.signature;
    const text = `【${signature}】${said}短信号K7QD`;
    form.querySelector("[data-shown]").textContent = text;
    form.querySelector("[data-units]").textContent = text.length;
    form.querySelector("[data-parts]").textContent =
      text.length <= 70 ? 1 : Math.ceil(text.length / 67);
  };
  form.addEventListener("input", show);
}

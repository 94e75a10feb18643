
"use strict";
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const files = Array.from(document.querySelectorAll("article"), (article) => ({
    article,
    folder: article.dataset.folder,
    name: article.querySelector("h3").textContent.toLowerCase(),
    findings: Array.from(article.querySelectorAll("li"), (item) => ({ item, text: null })),
  }));
  let folder = "";

  const update = () => {
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const rule = form.elements.rule.value;
    const levels = new Set(Array.from(form.querySelectorAll("[name=level]:checked"), (box) => box.value));
    const fixable = form.elements.fixable.checked;
    let shown = 0;
    let all = 0;
    for (const file of files) {
      let inFile = 0;
      for (const finding of file.findings) {
        const data = finding.item.dataset;
        let visible =
          (!folder || file.folder === folder) &&
          (!rule || data.rule === rule) &&
          levels.has(data.level) &&
          (!fixable || data.fixable !== undefined);
        if (visible && words.length > 0) {
          finding.text ??= file.name + " " + finding.item.textContent.toLowerCase();
          visible = words.every((word) => finding.text.includes(word));
        }
        finding.item.hidden = !visible;
        inFile += visible ? 1 : 0;
      }
      file.article.hidden = inFile === 0;
      shown += inFile;
      all += file.findings.length;
    }
    const where = folder ? ` in ${folder}` : "";
    form.elements.shown.textContent = `${shown.toLocaleString("en")} of ${all.toLocaleString("en")} findings${where}`;
  };

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  // The fields have their first values only after the event.
  form.addEventListener("reset", () => {
    folder = "";
    setTimeout(update);
  });
  for (const link of document.querySelectorAll("a[data-rule], a[data-folder]")) {
    link.addEventListener("click", () => {
      form.reset();
      folder = link.dataset.folder ?? "";
      form.elements.rule.value = link.dataset.rule ?? "";
    });
  }
  form.hidden = false;
  update();
})();

// Makes pages better that work without it: "/" goes to the search box, fields suggest names, citations copy.
(() => {
  "use strict";
  const typing = (element) => element && (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(document.activeElement)) return;
    const box = document.querySelector("input[type=search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // A datalist is the browser's own list: keyboards and screen readers know it.
  for (const input of document.querySelectorAll("input[data-suggest]")) {
    const list = document.createElement("datalist");
    list.id = `suggest-${input.name}-${input.dataset.suggest}`;
    input.after(list);
    input.setAttribute("list", list.id);
    let waiting = 0;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const asked = input.value.trim();
        if (asked.length < 2) return;
        try {
          const query = new URLSearchParams({ kind: input.dataset.suggest, q: asked.slice(0, 200) });
          const answer = await fetch(`/api/suggest?${query}`);
          if (!answer.ok || input.value.trim() !== asked) return;
          const options = (await answer.json()).suggestions.map(({ label, note }) => {
            const option = document.createElement("option");
            option.value = label;
            option.label = note;
            return option;
          });
          list.replaceChildren(...options);
        } catch {
          // Suggestions are a help; without an answer the field is as it was.
        }
      }, 150);
    });
  }

  for (const button of document.querySelectorAll("button[data-copy]")) {
    if (!navigator.clipboard) break;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const before = button.textContent;
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText.trim());
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = before; }, 2000);
    });
  }

  // A bar of a chart leads where its row in the table leads.
  for (const box of document.querySelectorAll("figure.chart-box")) {
    const links = new Map([...box.querySelectorAll("tbody th a")].map((link) => [link.textContent, link.href]));
    for (const bar of box.querySelectorAll("rect.bar")) {
      const label = bar.querySelector("title")?.textContent.split(":")[0];
      if (!links.has(label)) continue;
      bar.classList.add("leads");
      bar.addEventListener("click", () => { location.href = links.get(label); });
    }
  }
})();

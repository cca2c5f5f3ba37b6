// Suggests topics, units, titles and words below a search box while it is typed; without script the box just searches.
"use strict";
(() => {
  const PAUSE = 120; // milliseconds after the last key
  const suggestFor = (box) => {
    const list = document.createElement("ul");
    let shown = [];
    let active = -1;
    let waiting = 0;
    let asked = null;
    list.id = `${box.id}-suggested`;
    list.className = "suggested";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.getAttribute("placeholder") ?? "");
    box.parentElement.append(list);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    box.autocomplete = "off";

    const show = (suggestions) => {
      shown = suggestions;
      active = -1;
      box.removeAttribute("aria-activedescendant");
      list.replaceChildren(...shown.map((one, place) => {
        const row = document.createElement("li");
        const text = document.createElement("span");
        const kind = document.createElement("small");
        row.id = `${list.id}-${place}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        text.textContent = one.text;
        text.lang = "zh-CN";
        kind.textContent = one.label;
        row.append(text, kind);
        row.addEventListener("mousedown", (event) => {
          event.preventDefault(); // the box keeps the focus until the page is left
          location.assign(one.href);
        });
        return row;
      }));
      list.hidden = shown.length === 0;
      box.setAttribute("aria-expanded", String(!list.hidden));
    };
    const choose = (place) => {
      active = (place + shown.length + 1) % (shown.length + 1); // one past the last is the box itself
      [...list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === active)));
      const row = list.children[active];
      if (row) {
        box.setAttribute("aria-activedescendant", row.id);
        row.scrollIntoView({ block: "nearest" });
      } else {
        active = -1;
        box.removeAttribute("aria-activedescendant");
      }
    };
    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const typed = box.value.trim();
      if (!typed) return show([]);
      try {
        const address = `${box.dataset.suggest}?q=${encodeURIComponent(typed)}`;
        const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: asked.signal });
        if (answer.ok) show((await answer.json()).suggestions);
      } catch (error) {
        if (error.name !== "AbortError") show([]); // offline: the box searches all the same
      }
    };
    const close = () => { // and nothing that is still on its way opens it again
      clearTimeout(waiting);
      asked?.abort();
      show([]);
    };
    box.addEventListener("input", (event) => {
      if (event.isComposing) return; // letters of an input method are not typed yet
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    });
    box.addEventListener("compositionend", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    });
    box.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      if (event.key === "ArrowDown") choose(active + 1);
      else if (event.key === "ArrowUp") choose(active < 0 ? shown.length - 1 : active - 1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && active >= 0) location.assign(shown[active].href);
      else return;
      event.preventDefault();
    });
    box.addEventListener("blur", close);
  };
  document.querySelectorAll("input[data-suggest]").forEach(suggestFor);
})();

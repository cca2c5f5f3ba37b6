// Keys for the review desk. Every key clicks a control that is there without script too.
"use strict";
(() => {
  const rows = [...document.querySelectorAll("tr[data-row]")];
  const page = document.querySelector("[data-page]");
  const keys = document.getElementById("keys");
  let current = -1;

  // A row and, below it, the piece that was opened: both stand in one tbody.
  const whole = (row) => row?.closest("tbody");

  const mark = (next) => {
    rows[current]?.classList.remove("current");
    current = Math.max(0, Math.min(rows.length - 1, next));
    rows[current].classList.add("current");
  };

  const show = (next) => {
    mark(next);
    rows[current].querySelector("a[data-key=Enter]").focus();
    rows[current].scrollIntoView({ block: "nearest" });
  };

  const press = (key) => {
    const within = whole(rows[current]) || page;
    const control = within?.querySelector(`[data-key="${key}"]`) || (key === "u" && document.querySelector("[data-key=u]"));
    if (!control) return false;
    const reason = page?.querySelector("[data-reason]");
    const words = page?.querySelector("textarea");
    if (reason && "hrw".includes(key) && !reason.value && !words.value.trim()) reason.focus();
    else control.click();
    return true;
  };

  const bar = () => {
    const first = document.querySelector(".bar button");
    first?.focus();
    return Boolean(first);
  };

  const help = () => {
    keys.open = !keys.open;
    keys.scrollIntoView({ block: "nearest" });
    keys.querySelector("summary").focus();
    return true;
  };

  const act = (key) => {
    if (rows.length && key === "j") show(current + 1);
    else if (rows.length && key === "k") show(current - 1);
    else if (key === "?") return help();
    else if (key === "b") return bar();
    else return "jkahrwux".includes(key) && press(key);
    return true;
  };

  if (keys?.dataset.keys === "on") {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target.closest("input:not([type=checkbox]), textarea, select")) {
        if (event.key === "Escape") event.target.blur();
        return;
      }
      if (act(event.key)) event.preventDefault();
    });
  }

  // Work goes on where the page says so: at the piece just opened, at what follows the last decision, at the top.
  if (rows.length) {
    const opened = document.getElementById(location.hash.slice(1));
    const start = opened?.closest("tbody") || document.querySelector("[autofocus]")?.closest("tbody");
    mark(rows.findIndex((row) => whole(row) === start));
    document.querySelector(".listed").addEventListener("focusin", (event) => {
      const at = rows.findIndex((row) => whole(row) === event.target.closest("tbody"));
      if (at >= 0) mark(at);
    });
  }

  const count = document.querySelector("[data-count]");
  const say = () => {
    const chosen = document.querySelectorAll("input[name=chosen]:checked").length;
    count.textContent = count.dataset.count.replace("#", chosen);
  };
  if (count) {
    document.addEventListener("change", say);
    window.addEventListener("pageshow", say); // ticks that the browser kept are set by then
  }

  // A region that is there from the start is not read out by most screen readers: its words are put in once more,
  // unless the focus stands in it, which reads it out anyway.
  const news = document.querySelector("[data-news]");
  const again = () => {
    if (!news.contains(document.activeElement)) news.replaceChildren(...[...news.childNodes].map((one) => one.cloneNode(true)));
  };
  if (news) setTimeout(again, 300);

  // From here on the keys are heard: who drives the page by script waits for this.
  if (keys) keys.dataset.ready = "";
})();

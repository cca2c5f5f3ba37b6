// Keys for the review desk. Every key clicks a control that is there without script too.
"use strict";
(() => {
  const rows = [...document.querySelectorAll("tr[data-row]")];
  const page = document.querySelector("[data-page]");
  let current = -1;

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
    const within = rows[current] || page;
    const control = within?.querySelector(`[data-key="${key}"]`) || (key === "u" && document.querySelector("[data-key=u]"));
    if (!control) return false;
    const reason = page?.querySelector("[data-reason]");
    const words = page?.querySelector("textarea");
    if (page && (key === "r" || key === "w") && !reason.value && !words.value.trim()) reason.focus();
    else control.click();
    return true;
  };

  const help = () => {
    const keys = document.getElementById("keys");
    keys.open = !keys.open;
    keys.scrollIntoView({ block: "nearest" });
    keys.querySelector("summary").focus();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    let done = false;
    if (rows.length && event.key === "j") { show(current + 1); done = true; }
    else if (rows.length && event.key === "k") { show(current - 1); done = true; }
    else if (event.key === "?") done = help();
    else if ("jkahrwux".includes(event.key)) done = press(event.key);
    if (done) event.preventDefault();
  });

  if (rows.length) mark(0);
})();

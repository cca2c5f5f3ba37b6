// A page that waits for the collector looks again by itself; without script its link does. Only while it is looked at.
"use strict";
(() => {
  const words = document.querySelector("[data-again]");
  if (!words) return;
  const SECONDS = 3;
  const look = () => {
    if (document.hidden) document.addEventListener("visibilitychange", () => location.reload(), { once: true });
    else location.reload();
  };
  words.hidden = false;
  setTimeout(look, SECONDS * 1000);
})();

// A click on a player's card puts the player in its place; before it nothing of another site is loaded. Without this
// script, and where the browser is asked for a new tab, the card is a link.
"use strict";
(() => {
  for (const link of document.querySelectorAll("a[data-frame]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      const frame = document.createElement("iframe");
      frame.src = link.dataset.frame;
      frame.title = link.dataset.title;
      frame.allow = "fullscreen; encrypted-media; picture-in-picture";
      frame.allowFullscreen = true;
      frame.referrerPolicy = "no-referrer";
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
      frame.className = "framed";
      link.replaceWith(frame);
      frame.focus();
    });
  }
})();

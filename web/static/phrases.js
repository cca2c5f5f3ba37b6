// Headings break between words. Chinese is written without blanks: Intl.Segmenter knows its words, CSS does not yet.
"use strict";
(() => {
  if (!Intl.Segmenter) return;
  const words = new Intl.Segmenter("zh", { granularity: "word" });
  const particle = /^[的地得了着过们吗呢吧啊]$/u; // these end a phrase and do not begin a line
  const cut = (node) => {
    const pieces = [];
    let afterWord = false;
    for (const { segment, isWordLike } of words.segment(node.data)) {
      if (afterWord && isWordLike && !particle.test(segment)) pieces.push(document.createElement("wbr"));
      pieces.push(segment);
      afterWord = isWordLike;
    }
    node.replaceWith(...pieces);
  };
  for (const heading of document.querySelectorAll("h1, h2, h3")) {
    const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (/\p{sc=Han}/u.test(walker.currentNode.data)) nodes.push(walker.currentNode);
    nodes.forEach(cut);
    if (nodes.length) heading.classList.add("phrased");
  }
})();

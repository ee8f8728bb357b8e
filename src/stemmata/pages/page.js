// What the pages do besides being read. Without it everything can be read, opened and decided all the same.
"use strict";

// Two marks of one statement (on either side, or in the text and in the list) light up together.
const marked = (target) => target instanceof Element ? target.closest("[data-n], [data-siglum], [data-child]") : null;

const lit = (element, on) => {
  const { n, siglum, child } = element.dataset;
  let alike = [];
  if (n) alike = document.querySelectorAll(`.sides [data-n="${n}"], .reading [data-n="${n}"]`);
  else if (siglum || child) alike = lineage(siglum || child);
  for (const other of alike) other.classList.toggle("lit", on);
};

// The edges that lead to a version from its origins.
const lineage = (siglum) => {
  const found = [];
  const waiting = [siglum];
  const seen = new Set();
  while (waiting.length) {
    const at = waiting.pop();
    if (seen.has(at)) continue;
    seen.add(at);
    for (const edge of document.querySelectorAll(`.edge[data-child="${at}"]`)) {
      found.push(edge);
      waiting.push(edge.dataset.parent);
    }
  }
  return found;
};

for (const [event, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(event, (e) => { const element = marked(e.target); if (element) lit(element, on); });
}

// One form of a decision is open at a time; Escape closes it.
document.addEventListener("toggle", (e) => {
  if (!(e.target instanceof Element) || !e.target.matches("details.judge[open]")) return;
  for (const other of document.querySelectorAll("details.judge[open]")) if (other !== e.target) other.open = false;
}, true);
document.addEventListener("keydown", (e) => {
  if (e.key === "Escape") for (const open of document.querySelectorAll("details.judge[open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
  if (e.key === "/" && !(e.target instanceof Element && e.target.matches("input, textarea, select"))) {
    e.preventDefault();
    document.getElementById("find").focus();
  }
});

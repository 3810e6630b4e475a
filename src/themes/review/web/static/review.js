// Keys, the code finder, and coding of selected words. Everything here can also be done without it.
"use strict";

// Offsets in a page count UTF-16 units; ours count code points: an emoji is one.
const codePoints = (text) => Array.from(text).length;

const isTyping = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox]):not([type=radio])"));

// A page that was sent, or is being left, shows what is no longer so: a key meant for the next one does nothing here.
let leaving = false;
document.addEventListener("submit", () => (leaving = true));
window.addEventListener("beforeunload", () => (leaving = true));

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") leaving = false; // it stops the loading as well
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const at = document.activeElement;
  if (isTyping(at)) {
    if (event.key === "Escape") at.blur();
    return;
  }
  // Enter on a button or a link is that button's or that link's.
  if (event.key === "Enter" && at instanceof HTMLElement && at.matches("a, button, summary")) return;
  const meant = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!meant) return;
  event.preventDefault();
  if (event.repeat || leaving) return;
  if (isTyping(meant)) {
    const folded = meant.closest("details");
    if (folded) folded.open = true;
    meant.focus();
  } else {
    meant.click();
    if (meant.matches("summary")) meant.parentElement.querySelector("textarea")?.focus();
  }
});

const find = document.getElementById("find");
if (find) {
  find.closest("label").hidden = false;
  const groups = [...document.querySelectorAll("#all-codes fieldset")];
  const labels = [...document.querySelectorAll("#all-codes label")];
  // Codes that are suggested stand above the list, and are found all the same.
  const above = [...document.querySelectorAll(".choice label")];
  const said = document.getElementById("found");
  const words = () => find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (label) => words().every((word) => label.textContent.toLowerCase().includes(word));
  const look = () => {
    const looking = words().length > 0;
    let shown = 0;
    for (const label of labels) {
      label.hidden = !fits(label);
      label.classList.toggle("first", !label.hidden && shown === 0 && looking);
      if (!label.hidden) shown += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("label:not([hidden])");
    const there = looking ? above.filter(fits).length : 0;
    said.textContent = looking ? `${shown} codes${there ? `, and ${there} above` : ""}` : "";
  };
  find.addEventListener("input", look);
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation(); // else, with the finder left, it would decide as well
    const first = labels.find((label) => !label.hidden) ?? above.find(fits);
    if (first && find.value.trim()) {
      const box = first.querySelector("input");
      if (!box.checked) box.click();
      find.value = "";
      look();
      find.blur();
    }
  });
}

const text = document.getElementById("text");
const chosen = document.getElementById("chosen");

// Where an end of a selection stands in the whole text, in code points.
const offsetOf = (node, offset) => {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
  if (!piece || !text.contains(piece)) return null;
  const range = document.createRange();
  range.selectNodeContents(piece);
  range.setEnd(node, offset);
  return Number(piece.dataset.at) + codePoints(range.toString());
};

if (text && chosen) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    chosen.hidden = true;
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const start = offsetOf(range.startContainer, range.startOffset);
    const end = offsetOf(range.endContainer, range.endOffset);
    if (start === null || end === null || start >= end) return;
    const words = range.toString();
    const from = start + codePoints(words) - codePoints(words.trimStart());
    const to = end - codePoints(words) + codePoints(words.trimEnd());
    if (from >= to) return;
    const query = chosen.dataset.query;
    const rest = `${chosen.dataset.document}:${from}-${to}${query}${query ? "&" : "?"}of=${chosen.dataset.of}`;
    document.getElementById("code-chosen").href = `/excerpt/${rest}`;
    const mask = document.getElementById("mask-chosen");
    if (mask) mask.href = `/mask/${rest}`;
    chosen.hidden = false;
  });
}
const now = document.querySelector("#text mark.now");
if (now && now.getBoundingClientRect().bottom > window.innerHeight * 0.9) now.scrollIntoView({ block: "center" });

// What is ticked and not yet sent stays when the page is loaded again, and comes back from pages about the excerpt.
const decide = document.getElementById("decide");
if (decide) {
  const along = (address) => {
    const ticked = [...decide.elements].filter((each) => each.name === "code" && each.checked);
    const url = new URL(address, window.location.href);
    url.searchParams.set("ticked", ticked.map((each) => each.value).join("\n"));
    return url.pathname + url.search;
  };
  decide.addEventListener("change", (event) => {
    if (event.target.name !== "code") return;
    window.history.replaceState(null, "", along(window.location.href));
    for (const link of document.querySelectorAll("a[data-along]")) link.href = along(link.href);
  });
}

// An answer that takes a while is said to be on its way.
const busy = document.getElementById("busy");
if (busy) {
  window.addEventListener("beforeunload", () => window.setTimeout(() => (busy.textContent = "Working …"), 500));
}

// A page that the browser brings back after a decision would show what is no longer so.
window.addEventListener("pageshow", (event) => {
  leaving = event.persisted;
  if (event.persisted) window.location.reload();
});

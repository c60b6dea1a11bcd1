/* Keys for those who judge facts, and words taken from a text. Every form works without it. */
"use strict";
(() => {
  const cards = [...document.querySelectorAll("[data-fact]")];
  const shown = () => cards.filter((card) => card.offsetParent !== null || card.getClientRects().length);
  const current = () => document.activeElement?.closest("[data-fact]") || cards.find((card) => card.matches(":target"));

  const step = (by) => {
    const list = shown();
    if (!list.length) return;
    const at = list.indexOf(current());
    const next = list[at < 0 ? 0 : Math.min(Math.max(at + by, 0), list.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  /* After an answer the page comes again: go on with the card after this one. */
  const judge = (card, verdict) => {
    const button = card?.querySelector(`button[value="${verdict}"]`);
    if (!button) return;
    if (card.closest(".queue")) {
      const list = shown();
      const next = list[list.indexOf(card) + 1] || list[list.indexOf(card) - 1];
      const back = button.form.elements.back;
      if (next) back.value = back.value.split("#")[0] + "#" + next.id;
    }
    button.form.requestSubmit(button);
  };

  const correct = (card) => {
    const details = card?.querySelector("details.correct");
    if (details) {
      details.open = true;
      details.querySelector("input:not([type=hidden])").focus();
    } else card?.querySelector("a[data-correct]")?.click();
  };

  /* Where in the article's text a place in the page is, in code points. */
  const offset = (paragraph, node, inside) => {
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, inside);
    return Number(paragraph.dataset.start) + [...before.toString()].length;
  };

  const take = () => {
    const form = document.querySelector("details.add form");
    const chosen = getSelection();
    if (!form || !chosen.rangeCount || chosen.isCollapsed) return false;
    const range = chosen.getRangeAt(0);
    const paragraph = (range.startContainer.parentElement || range.startContainer).closest("[data-start]");
    if (!paragraph) return false;
    const words = chosen.toString();
    const lead = [...words].length - [...words.trimStart()].length;
    form.elements.quote.value = words.trim();
    form.elements.at.value = offset(paragraph, range.startContainer, range.startOffset) + lead;
    form.elements.quote.dataset.taken = words.trim();
    form.closest("details").open = true;
    form.elements.kind.focus();
    return true;
  };

  const form = document.querySelector("details.add form");
  if (form) {
    const fit = () => form.querySelectorAll(".of").forEach((label) => {
      label.hidden = !label.classList.contains(form.elements.kind.value);
    });
    form.elements.kind.addEventListener("change", fit);
    /* Words that were changed by hand stand elsewhere. */
    form.elements.quote.addEventListener("input", () => { form.elements.at.value = ""; });
    fit();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const acts = {
      j: () => step(1),
      k: () => step(-1),
      a: () => judge(current(), "accept"),
      r: () => judge(current(), "reject"),
      c: () => correct(current()),
      s: () => judge(current(), "same"),
      d: () => judge(current(), "different"),
      u: () => document.querySelector("form[data-undo] button")?.click(),
      n: () => take(),
    };
    if (!Object.hasOwn(acts, event.key)) return;
    acts[event.key]();
    event.preventDefault();
  });

  if (document.querySelector(".queue")) (cards.find((card) => card.matches(":target")) || cards[0])?.focus();
})();

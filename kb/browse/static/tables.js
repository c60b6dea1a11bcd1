// On Datasette's pages: the editor of queries is told to screen readers by a name.
window.addEventListener("load", () => {
  for (const field of document.querySelectorAll(".CodeMirror textarea")) field.setAttribute("aria-label", "SQL");
});

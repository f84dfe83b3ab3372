// Lets a reader narrow a long list or table in place. Without it every row is there all the same.
const words = document.currentScript.dataset.words;
const bare = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
for (const list of document.querySelectorAll("main tbody, main ul")) {
  const rows = [...list.children];
  if (rows.length < 12) continue;
  const texts = rows.map(row => bare(row.textContent));
  const label = document.createElement("label");
  const input = document.createElement("input");
  label.className = "filter";
  input.type = "search";
  label.append(words, input);
  input.addEventListener("input", () => {
    const wanted = bare(input.value).split(/\s+/).filter(Boolean);
    rows.forEach((row, n) => { row.hidden = !wanted.every(word => texts[n].includes(word)); });
  });
  (list.closest(".wide") ?? list).before(label);
}

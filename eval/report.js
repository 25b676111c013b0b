const questions = [...document.querySelectorAll("details.question")];
const [words, wrong, changed] = ["words", "wrong", "changed"].map((id) => document.getElementById(id));
const shown = document.getElementById("shown");
function filter() {
  const sought = words.value.trim().toLowerCase();
  for (const one of questions) {
    one.hidden = (sought && !one.textContent.toLowerCase().includes(sought))
      || (wrong.checked && one.dataset.wrong !== "1") || (changed.checked && one.dataset.changed !== "1");
  }
  shown.textContent = `${questions.filter((one) => !one.hidden).length} / ${questions.length}`;
}
for (const control of [words, wrong, changed]) control.addEventListener("input", filter);
filter();

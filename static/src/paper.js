/* Typing in a paper sheet: Enter goes on to the next question, and numbers and boxes follow each other. The page works
   without this script; then numbers are read when the sheet is saved. */

const WESTERN = "٠١٢٣٤٥٦٧٨٩";

document.querySelectorAll("form[data-paper]").forEach(startPaper);

function startPaper(form) {
  form.addEventListener("keydown", (event) => goOn(event, form));
  form.querySelectorAll("[data-boxes]").forEach(keepTogether);
}

/* In a text of several lines Enter makes a line. */
function goOn(event, form) {
  if (event.key !== "Enter" || event.ctrlKey || event.isComposing || !event.target.matches("input")) return;
  event.preventDefault();
  const stops = [...form.querySelectorAll("[data-next], [data-save]")];
  const after = (stop) => event.target.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = stops.find((stop) => stop !== event.target && after(stop));
  next?.focus();
  next?.select?.();
}

function keepTogether(line) {
  const field = line.querySelector("[data-numbers]");
  const list = line.querySelector("select");
  field.addEventListener("input", () => tick(line, list, numbersIn(field.value)));
  line.addEventListener("change", (event) => {
    if (event.target !== field) field.value = ticked(line, list).join(" ");
  });
}

function numbersIn(text) {
  const western = text.replace(/[٠-٩]/g, (sign) => WESTERN.indexOf(sign)).replaceAll("؟", "?").replaceAll("−", "-");
  const parts = western.split(/[\s,;.+]+/).filter(Boolean);
  return parts.map((part) => (/^-?\d+$/.test(part) ? String(Number(part)) : part));
}

function tick(line, list, numbers) {
  for (const box of line.querySelectorAll("input[data-number]")) box.checked = numbers.includes(box.dataset.number);
  if (list) list.value = [...list.options].find((option) => numbers.includes(option.dataset.number))?.value ?? "";
}

function ticked(line, list) {
  const boxes = list ? [...list.selectedOptions] : [...line.querySelectorAll("input[data-number]:checked")];
  return boxes.map((box) => box.dataset.number).filter(Boolean);
}

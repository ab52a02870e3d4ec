/* What stands in the fields as values, by the rules of surveys/sheets/reading.py. */

const LONGEST = 100;
const PLAIN = /^[-+]?\d+([.,]\d+)?$/;
const GROUPED = /^[-+]?\d{1,3}([.,'])\d{3}(\1\d{3})*((?!\1)[.,]\d+)?$/;

const READERS = {
  single: (question) => textIn(question) || otherIfWritten(question),
  multiple: (question) => [...new Set(typedIn(question))],
  ranking: (question) => ranked(question).map((field) => field.name.split(".rank.")[1]),
  matrix: rowsIn,
  statements: rowsIn,
  scale: wholeIn,
  nps: wholeIn,
  number: (question, decimal) => (textIn(question) === "dont_know" ? "dont_know" : numberIn(textIn(question), decimal)),
  place: placeIn,
  consent: (question) => (textIn(question) ? true : null),
  note: () => null,
};

/* null where nothing was answered. */
export function valueOf(question, decimal) {
  const value = (READERS[question.kind] ?? ((one) => textIn(one)))(question, decimal);
  const isNothing = value === "" || value === null || (typeof value === "object" && !Object.keys(value).length);
  return isNothing ? null : value;
}

export function isMarked(field) {
  return !["radio", "checkbox"].includes(field.type) || field.checked;
}

/* The line beside "other" is a field of its own. */
export function otherTextIn({ code, fields }) {
  return fields.find((field) => field.name === `${code}.other`)?.value.trim() ?? "";
}

/* "1.234,5" and "1 234.5" are numbers; what is none stays as it is. */
export function numberIn(text, decimal) {
  const bare = text.replace(/\s/g, "").replaceAll("−", "-");
  if (bare.length > LONGEST) return text;
  if (PLAIN.test(bare) && !isGroup(bare, decimal)) return Number(bare.replace(",", "."));
  return GROUPED.test(bare) ? ungrouped(bare, decimal) : text;
}

function isGroup(text, decimal) {
  const at = text.search(/[.,]/);
  return at >= 0 && text[at] !== decimal && text.length - at === 4;
}

function ungrouped(text, decimal) {
  const signs = text.match(/[.,']/g);
  const last = signs.at(-1);
  const isDecimal = signs.filter((sign) => sign === last).length === 1 && (last !== signs[0] || last === decimal);
  const end = isDecimal ? text.lastIndexOf(last) : text.length;
  return Number(`${text.slice(0, end).replace(/[.,']/g, "")}${isDecimal ? `.${text.slice(end + 1)}` : ""}`);
}

function typedIn({ code, fields }, name = code) {
  return fields.filter((field) => field.name === name && isMarked(field) && field.value).map((field) => field.value);
}

function textIn(question, name) {
  return (typedIn(question, name)[0] ?? "").trim();
}

/* Whoever writes beside "other" and chooses nothing means "other". */
function otherIfWritten(question) {
  const other = question.fields.find((field) => field.dataset.role === "other");
  return (other && otherTextIn(question) && other.value) || "";
}

function ranked({ fields }) {
  return fields.filter((field) => field.value).sort((a, b) => a.value - b.value);
}

function rowsIn({ code, fields }) {
  const chosen = fields.filter((field) => field.checked);
  return Object.fromEntries(chosen.map((field) => [field.name.slice(code.length + 1), field.value]));
}

function wholeIn(question) {
  const text = textIn(question);
  return /^-?\d{1,3}$/.test(text) ? Number(text) : text;
}

function placeIn(question) {
  const { code } = question;
  const [district, point] = [textIn(question, `${code}.district`), textIn(question, `${code}.point`)];
  return { ...(district && { district }), ...(point && { point: point.split(",").map(Number) }) };
}

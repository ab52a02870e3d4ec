/* Conditions and the way through a questionnaire, by the rules of surveys/logic/expressions.py and path.py.
   tests/surveys/logic_cases.json holds both to the same values. */

const LONGEST_MATCHED = 2000;
const WRITTEN_NUMBER = /^[ \t\n\r\f\v]*[-+]?(\d+\.?\d*|\.\d+)[ \t\n\r\f\v]*$/;

const OPERATIONS = {
  not: (value) => !isTrue(value),
  "=": same,
  "!=": (one, other) => !same(one, other),
  "<": (one, other) => order(one, other) < 0,
  "<=": (one, other) => order(one, other) <= 0,
  ">": (one, other) => order(one, other) > 0,
  ">=": (one, other) => order(one, other) >= 0,
  has: (values, wanted) => parts(values).some((value) => same(value, wanted)),
  answered: isAnswered,
  count: (value) => (isGroup(value) ? Object.keys(value).length : Number(isAnswered(value))),
  length: (text) => (typeof text === "string" ? [...text].length : 0),
  matches,
  "+": (one, other) => calculated(one, other, (a, b) => a + b),
  "-": (one, other) => calculated(one, other, (a, b) => a - b),
  "*": (one, other) => calculated(one, other, (a, b) => a * b),
  "/": (one, other) => calculated(one, other, (a, b) => a / b),
};

export function evaluate(tree, answers, today) {
  if (!Array.isArray(tree)) return tree;
  const [name, ...rest] = tree;
  const value = (part) => evaluate(part, answers, today);
  if (name === "answer") return answerOf(answers, ...rest);
  if (name === "and") return rest.every((part) => isTrue(value(part)));
  if (name === "or") return rest.some((part) => isTrue(value(part)));
  if (name === "today") return today;
  return OPERATIONS[name](...rest.map(value));
}

/* A missing condition is always met. */
export function holds(tree, answers, today) {
  return (tree ?? null) === null || isTrue(evaluate(tree, answers, today));
}

/* Sections are {code, show, questions}, questions {code, show, skips: [{when, to}]}. A condition sees only the answers
   of what was shown before it. */
export function follow(sections, answers, today) {
  const path = { shown: [], answers: {} };
  let ahead = "";
  for (const section of sections) {
    if (ahead === section.code) ahead = "";
    const isShown = holds(section.show, path.answers, today);
    for (const question of section.questions) {
      if (ahead === question.code) ahead = "";
      if (ahead || !isShown || !holds(question.show, path.answers, today)) continue;
      path.shown.push(question.code);
      const answer = answerOf(answers, question.code);
      if (isAnswered(answer)) path.answers[question.code] = answer;
      ahead = question.skips?.find((skip) => holds(skip.when, path.answers, today))?.to ?? "";
    }
  }
  return path;
}

export function isAnswered(value) {
  return isGroup(value) ? Object.keys(value).length > 0 : value !== "" && value !== null && value !== undefined;
}

function answerOf(answers, code, row) {
  const value = Object.hasOwn(answers, code) ? answers[code] : null;
  if (row === undefined) return value;
  return isGroup(value) && !Array.isArray(value) && Object.hasOwn(value, row) ? value[row] : null;
}

function isTrue(value) {
  return isGroup(value) ? isAnswered(value) : Boolean(value);
}

function isGroup(value) {
  return typeof value === "object" && value !== null;
}

function parts(values) {
  return isGroup(values) ? Object.values(values) : [values];
}

function numberOf(value) {
  const isNumber = typeof value === "number" || (typeof value === "string" && WRITTEN_NUMBER.test(value));
  return isNumber && Number.isFinite(Number(value)) ? Number(value) : null;
}

function same(left, right) {
  const [one, other] = [plain(left), plain(right)];
  if (isGroup(one) && isGroup(other)) return sameGroups(one, other);
  if (typeof one === "number" || typeof other === "number") {
    return numberOf(one) !== null && numberOf(one) === numberOf(other);
  }
  return one === other;
}

function sameGroups(one, other) {
  const keys = Object.keys(one);
  const isAlike = Array.isArray(one) === Array.isArray(other) && keys.length === Object.keys(other).length;
  return isAlike && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
}

function plain(value) {
  const only = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return isAnswered(only) ? only : null;
}

/* Below zero, zero or above; NaN where there is no order. */
function order(one, other) {
  const [left, right] = [numberOf(one), numberOf(other)];
  if (left !== null && right !== null) return left - right;
  const areTexts = typeof one === "string" && typeof other === "string" && one && other;
  return areTexts ? orderOfTexts([...one], [...other]) : NaN;
}

function orderOfTexts(one, other) {
  const place = one.findIndex((sign, index) => sign !== other[index]);
  if (place < 0) return one.length - other.length;
  return place < other.length ? one[place].codePointAt(0) - other[place].codePointAt(0) : 1;
}

function matches(value, pattern) {
  const text = typeof value === "string" ? value : written(numberOf(value));
  return text !== null && new RegExp(forBrowsers(pattern), "u").test([...text].slice(0, LONGEST_MATCHED).join(""));
}

/* With "u" a backslash may stand before few signs only. */
function forBrowsers(pattern) {
  return pattern.replace(/\\([\W_])/gu, (_, sign) => `\\u{${sign.codePointAt(0).toString(16)}}`);
}

function written(number) {
  const size = Math.abs(number);
  return number === null || (size && (size < 1e-6 || size >= 1e21)) ? null : String(number);
}

function calculated(one, other, act) {
  const [left, right] = [numberOf(one), numberOf(other)];
  return left === null || right === null ? null : numberOf(act(left, right));
}

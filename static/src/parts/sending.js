/* Sending an answer over a weak connection: the button tells what happens, a failure says what to do, the
   same key is sent again, and "please wait" (429) is waited for. */

import { say } from "./words.js";

const LONGEST_WAIT = 120;

export function begin(form) {
  clearTimeout(form.waiting);
  form.waiting = 0;
  const button = form.querySelector("[data-send]");
  form.dataset.label ??= button.textContent;
  button.setAttribute("aria-disabled", "true");
  button.textContent = say(form, "sending");
  tell(form, "");
}

export function end(form) {
  if (form.waiting) return;
  const button = form.querySelector("[data-send]");
  button.removeAttribute("aria-disabled");
  button.textContent = form.dataset.failed ? say(form, "retry") : form.dataset.label;
}

/* The network is gone, or the server is ill: the choice stays, and so does the key. */
export function fail(form) {
  form.dataset.failed = "true";
  tell(form, say(form, navigator.onLine ? "failed" : "offline"));
}

/* 409 and 422 bring the form back with a sentence of their own. */
export function refuse(form, response) {
  if ([409, 422].includes(response.status)) return;
  if (response.status === 429) return void wait(form, secondsOf(response.headers.get("Retry-After")));
  if (response.status >= 500) return void fail(form);
  outdate(form);
}

export function outdate(form) {
  tell(form, say(form, "gone"));
}

function wait(form, seconds) {
  tell(form, say(form, "wait", { seconds }));
  countDown(form, seconds);
}

/* The rest of the time stands on the button, where no screen reader repeats it every second. */
function countDown(form, left) {
  form.waiting = setTimeout(() => (left > 1 ? countDown(form, left - 1) : again(form)), 1000);
  form.querySelector("[data-send]").textContent = `${say(form, "sending")} ${left}`;
}

function again(form) {
  form.waiting = 0;
  end(form);
  form.requestSubmit();
}

function secondsOf(header) {
  const seconds = Number(header) || (Date.parse(header) - Date.now()) / 1000 || 5;
  return Math.min(LONGEST_WAIT, Math.max(1, Math.ceil(seconds)));
}

function tell(form, sentence) {
  const line = form.querySelector("[data-problem]");
  line.textContent = sentence;
  line.hidden = !sentence;
}

/* The inbox by keyboard: J and K go through the texts, A shows, R asks for the reason, G assigns to me, X chooses,
   U takes the last decision back. Each key presses a button of the page that is there without this script too. */

import { isTyping, singleKeysAreOn } from "./parts/keys.js";

const acts = { j: () => go(1), k: () => go(-1), a: () => send("approve"), g: () => send("assign"), r: reject, u: undo, x: tick };

document.addEventListener("keydown", press);
document.addEventListener("click", ({ target }) => setCurrent(target.closest("[data-item]")));
document.addEventListener("focusin", ({ target }) => setCurrent(target.closest("[data-item]")));
new MutationObserver(follow).observe(document.querySelector("main"), { childList: true, subtree: true });

let current = null;

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !singleKeysAreOn() || isTyping(event.target)) return;
  const act = acts[event.key.toLowerCase()];
  if (!act || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  act();
}

function items() {
  return [...document.querySelectorAll("[data-item]")];
}

function setCurrent(item) {
  if (item) current = item.id;
}

function currentItem() {
  return current && document.getElementById(current);
}

/* Past the last text comes the next page. */
function go(step) {
  const all = items();
  const place = all.indexOf(currentItem());
  const next = all[place < 0 ? 0 : place + step];
  if (next) {
    setCurrent(next);
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  } else if (step > 0) {
    document.querySelector("[data-next]")?.click();
  }
}

function send(act) {
  currentItem()?.querySelector(`form[data-act=${act}]`)?.requestSubmit();
}

function reject() {
  const details = currentItem()?.querySelector("details[data-act=reject]");
  if (!details) return;
  details.open = true;
  details.querySelector("[data-reason]").focus();
}

/* The decision on this text, else the one that was made last. */
function undo() {
  const forms = [...document.querySelectorAll("form[data-act=undo]")];
  const own = currentItem()?.querySelector("form[data-act=undo]");
  (own ?? forms.at(-1))?.requestSubmit();
}

function tick() {
  currentItem()?.querySelector("[data-tick]")?.click();
}

/* A text that was replaced by what was decided keeps the focus, so that the next key goes on from there. */
function follow(changes) {
  const answered = changes.flatMap(({ addedNodes }) => [...addedNodes]).find((node) => node.matches?.("[data-answered]"));
  if (answered && answered.id === current && document.activeElement === document.body) answered.focus();
}

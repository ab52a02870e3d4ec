/* j and k go through the rows of a table with ticks, x ticks, o opens, u undoes. Switched off with the other single
   keys. */

import { device } from "./memory.js";

export function startTableKeys() {
  if (!document.querySelector("[data-bulk]")) return;
  document.addEventListener("keydown", press);
}

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => current()?.querySelector("input[type=checkbox]").click(),
  o: () => current()?.querySelector("a").click(),
  u: () => document.querySelector("[data-undo]")?.click(),
};

function press(event) {
  const isOff = device.get("plaza-single-keys") === "off" || event.ctrlKey || event.metaKey || event.altKey;
  const isTyping = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (isOff || isTyping || document.querySelector("dialog[open]")) return;
  ACTS[event.key]?.();
}

function rows() {
  return [...document.querySelectorAll("[data-bulk] [data-row]")];
}

function current() {
  return document.activeElement?.closest?.("[data-row]");
}

function move(step) {
  const all = rows();
  const place = all.indexOf(current());
  const next = all[place < 0 ? (step > 0 ? 0 : all.length - 1) : place + step];
  next?.querySelector("input[type=checkbox]").focus();
}

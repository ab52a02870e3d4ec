/* "?" opens the list of keys, "/" goes to the search, Ctrl+S saves. Single keys can be switched off (WCAG
   2.1.4). */

import { device } from "./memory.js";

const SWITCH = "plaza-single-keys";

export function startKeys() {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  const isOn = dialog.querySelector("#keys-on");
  isOn.checked = device.get(SWITCH) !== "off";
  isOn.addEventListener("change", () => device.set(SWITCH, isOn.checked ? "on" : "off"));
  const opener = document.querySelector("[data-keys]");
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => press(event, dialog, isOn.checked));
}

function press(event, dialog, singleKeys) {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") return save(event);
  if (!singleKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "?" && !dialog.open) dialog.showModal();
  const search = document.querySelector("[data-search]");
  if (event.key !== "/" || !search) return;
  event.preventDefault();
  search.focus();
}

function save(event) {
  const form = event.target.closest("form[method=post]") ?? document.querySelector("main form[method=post]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

/* Single keys of other parts of the console ask this first. */
export function singleKeysAreOn() {
  return device.get(SWITCH) !== "off";
}

export function isTyping(target) {
  return target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}

/* A sheet that was complete when there was no connection goes out from any page of its survey, once: always under the
   same key. */

import { bodyOf, forget, kept, stopWaiting } from "./sheet-kept.js";
import { post } from "./sheet-sending.js";
import { say } from "./words.js";

export function startOutboxes() {
  for (const box of document.querySelectorAll("[data-outbox]")) {
    deliver(box);
    window.addEventListener("online", () => deliver(box));
  }
  for (const note of document.querySelectorAll("[data-begun]")) note.hidden = !kept(note.dataset.begun);
}

async function deliver(box) {
  const name = box.dataset.outbox;
  const found = kept(name);
  if (!found?.waiting) return;
  box.hidden = false;
  box.textContent = say(box, navigator.onLine ? "sending" : "kept");
  const { kind, root } = await post(found.waiting, bodyOf(found));
  if (kind === "arrived") return arrive(box, name, root);
  box.textContent = say(box, "kept");
  if (kind !== "again" && kind !== "closed") return;
  stopWaiting(name);
  if (kind === "again") location.assign(box.dataset.home);
  else box.replaceChildren(...root.childNodes);
}

function arrive(box, name, root) {
  forget(name);
  document.querySelectorAll("[data-begun]").forEach((note) => (note.hidden = true));
  box.replaceChildren(...root.childNodes);
  box.querySelector("h1, h2")?.focus();
}

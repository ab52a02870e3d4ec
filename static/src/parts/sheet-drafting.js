/* The server keeps the draft too, so that it can be gone on with elsewhere. It is sent when a page is left; where that
   fails, nobody is told: the browser's own memory has it all. */

import { typed } from "./form-data.js";

export function startDrafting({ form, isKiosk }) {
  const address = form.dataset.keep;
  if (!address || isKiosk) return () => {};
  let sent = stateOf(form);
  const send = () => {
    const state = stateOf(form);
    if (state === sent || !form.isConnected) return;
    sent = state;
    const options = { method: "POST", body: `${state}&go=keep`, keepalive: true };
    const headers = { "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded" };
    fetch(address, { ...options, headers }).catch(() => {});
  };
  document.addEventListener("visibilitychange", () => document.hidden && send());
  return send;
}

function stateOf(form) {
  return String(new URLSearchParams(typed(form)));
}

/* A device that many people use: it clears itself where nobody touches it any more, and soon after the thanks. */

import { askFirst } from "./sheet-asking.js";
import { say } from "./words.js";

const TO_ANSWER = 10;
const AFTER_RECEIPT = 20;
const TOUCHES = ["pointerdown", "keydown", "input", "scroll"];

export function startKiosk(sheet) {
  const state = { sheet, timer: 0, dialog: null };
  const rest = () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => ask(state, rest), sheet.form.dataset.idleSeconds * 1000);
  };
  TOUCHES.forEach((name) => document.addEventListener(name, () => state.dialog?.open || rest(), { passive: true }));
  rest();
}

/* After the thanks, for whoever comes next. */
export function leaveReceipt(home) {
  setTimeout(() => location.replace(home), AFTER_RECEIPT * 1000);
}

function ask(state, rest) {
  const { form } = state.sheet;
  if (!form.isConnected) return;
  state.dialog = askFirst(say(form, "idle", { seconds: TO_ANSWER }), [[say(form, "idleStay"), rest]]);
  state.dialog.addEventListener("close", rest);
  state.timer = setTimeout(() => clear(state), TO_ANSWER * 1000);
}

function clear({ sheet: { form, root } }) {
  root.replaceChildren();
  location.replace(form.dataset.home);
}

/* Calls `act` once nothing happened for `delay` milliseconds. */

export function later(act, delay) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, delay);
  };
}

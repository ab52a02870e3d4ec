/* Ideas that may say the same appear while somebody writes. Only the words go to our own server, and they are not
   kept there. */

const PAUSE = 400;

export function startSimilar(box) {
  const form = box.closest("form");
  const fields = ["title", "text", "language"].map((name) => form.elements[name]).filter(Boolean);
  let pause, asking;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const body = new URLSearchParams(fields.map((field) => [field.name, field.value]));
    const options = { method: "POST", body, signal: asking.signal };
    const response = await fetch(box.dataset.similar, options).catch(() => null);
    if (response?.ok) box.innerHTML = await response.text();
  };
  for (const field of fields) {
    field.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(ask, PAUSE);
    });
  }
}

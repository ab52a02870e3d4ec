/* Sentences stand in data-say-… attributes, translated, with {names} to fill in. */

export function say(element, name, values = {}) {
  const sentence = element.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

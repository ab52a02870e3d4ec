/* What is typed in a form, without its files: those are sent once, when the person saves. */

export function typed(form) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

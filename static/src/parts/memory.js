/* What the browser remembers. Storage may be forbidden or full: then nothing is remembered and all else
   works. */

function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

export const tab = {
  get: (name) => attempt(() => sessionStorage.getItem(name)),
  set: (name, value) => attempt(() => sessionStorage.setItem(name, value)),
  drop: (name) => attempt(() => sessionStorage.removeItem(name)),
};

export const device = {
  get: (name) => attempt(() => localStorage.getItem(name)),
  set: (name, value) => attempt(() => localStorage.setItem(name, value)),
  drop: (name) => attempt(() => localStorage.removeItem(name)),
  names: (begin) => attempt(() => Object.keys(localStorage).filter((name) => name.startsWith(begin))) ?? [],
};

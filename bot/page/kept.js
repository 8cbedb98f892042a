// What the browser remembers for this page. Where it may not, nothing is remembered and all else works.

function kept(storage, key, value) {
  try {
    if (value === undefined) return JSON.parse(storage().getItem(`themenbote.${key}`));
    if (value === null) storage().removeItem(`themenbote.${key}`);
    else storage().setItem(`themenbote.${key}`, JSON.stringify(value));
  } catch {
    // Private windows and full storages refuse.
  }
  return null;
}

/** Reads, or with a value writes, what lasts: choices of the visitor. */
export const lasting = (key, value) => kept(() => localStorage, key, value);

/** Reads, or with a value writes, what survives a reload of this tab: drafts and what is not yet sent. */
export const passing = (key, value) => kept(() => sessionStorage, key, value);

// The words of the page in the chosen language, and how that language writes times.

let table = {};
let language = "de";

/** English as in Europe: 14:05 rather than 2:05 PM. */
const LOCALES = { de: "de-DE", en: "en-GB" };
const locale = () => LOCALES[language];

/** Gets all words of a language ("de", "en") and uses them from now on. */
export async function learn(chosen) {
  const answer = await fetch(`/local/texts/${chosen}.json`);
  table = await answer.json();
  language = chosen;
  document.documentElement.lang = chosen;
}

export const spoken = () => language;

/** The words for a key, with values at their places. */
export function say(key, values = {}) {
  return (table[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** The words for so many of something: the key ends in -one or -other. */
export function count(key, many) {
  const form = new Intl.PluralRules(locale()).select(many) === "one" ? "one" : "other";
  return say(`${key}-${form}`, { count: number(many) });
}

/** A number as the language writes it. */
export const number = (value) => new Intl.NumberFormat(locale()).format(value);

/** Hours and minutes. */
export const time = (at) => new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(at);

/** "Today", "Yesterday", or the date with its weekday. */
export function day(at) {
  const midnight = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const ago = Math.round((midnight(at) - midnight(new Date())) / 86_400_000);
  const near = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(ago, "day");
  const year = at.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  const far = new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long", year }).format(at);
  const words = ago === 0 || ago === -1 ? near : far;
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

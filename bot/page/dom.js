// Small means to build elements. Text always becomes a text node, never markup.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  bubble:
    "M4 5.5h16a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-8l-5 4v-4H4A1.5 1.5 0 0 1 2.5 16V7A1.5 1.5 0 0 1 4 5.5Z",
  cross: "M6 6l12 12M18 6L6 18",
  down: "M12 5v13M6 12.5l6 6 6-6",
  edit: "M5 19l.8-3.7L15.6 5.5a1.6 1.6 0 0 1 2.3 0l.6.6a1.6 1.6 0 0 1 0 2.3L8.7 18.2 5 19ZM14 7.5l2.5 2.5",
  clip: "M8 12.5l5.6-5.6a2.6 2.6 0 0 1 3.7 3.7l-7 7a4.4 4.4 0 0 1-6.2-6.2l6.6-6.6",
  file: "M7 3.5h7l4.5 4.5v11a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5ZM13.5 4v4.5H18",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z",
  people:
    "M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11ZM2.8 19.5c.4-3.4 3-5.3 6.2-5.3s5.8 1.9 6.2 5.3M16 5.2a3 3 0 0 1 0 5.6M17.5 14.5c2.1.7 3.4 2.4 3.7 5",
  reply: "M9.5 6L4 11.5 9.5 17M4.5 11.5H14a6 6 0 0 1 6 6v1",
  send: "M4.5 12L20 4.5 15.5 20l-3.5-6.5L4.5 12ZM12 13.5L20 4.5",
  sun: "M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  taken: "M2.5 12.5l4 4 8-9M11.5 15.5l1 1 8-9",
  wait: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2",
};

/** Makes an element; `on…` attributes are listeners, false and null are left out, children may be text. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A drawing beside words; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}

/** Words for a screen reader alone. */
export const unseen = (text) => el("span", { class: "unseen" }, text);

/** The initials of somebody, in a colour of their own. */
export function avatar(person) {
  if (!person) return el("span", { class: "avatar assistant", "aria-hidden": "true" }, icon("bubble"));
  return el("span", { class: `avatar ${hue(person)}`, "aria-hidden": "true" }, person.initials);
}

/** The class that gives somebody's colour. */
export const hue = (person) => (person ? `hue-${(person.seat ?? 0) % 8}` : "");

/** The number of new messages for the eye, and in words for the ear. */
export function news(number, words) {
  return number
    ? [el("span", { class: "badge", "aria-hidden": "true" }, String(Math.min(number, 99))), unseen(`, ${words}`)]
    : [];
}

let counter = 0;

/** An id no other element has. */
export const fresh = (prefix) => `${prefix}-${++counter}`;

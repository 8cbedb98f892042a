// Shows the HTML subset of messages by building nodes from a list of permitted marks. Everything else stays text.

import { el } from "./dom.js";

const MARKS = new Set(["b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote", "a"]);
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const TOKEN = /<(\/?)([a-z]+)(?:\s+href="([^"]*)")?>/g;

const named = (whole, name) => ENTITIES[name] ?? whole;

function decoded(text) {
  return text
    .replace(/&#x([0-9a-f]{1,6});/gi, (whole, digits) => character(Number.parseInt(digits, 16), whole))
    .replace(/&#(\d{1,7});/g, (whole, digits) => character(Number(digits), whole))
    .replace(/&([a-z]+);/g, named);
}

function character(code, otherwise) {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}

/** A link that may be followed, or null. */
function safeLink(href) {
  try {
    const url = new URL(decoded(href));
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function opened(name, href) {
  if (name !== "a") return el(name);
  const link = safeLink(href ?? "");
  return link ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer" }) : el("span");
}

/** The message as nodes. */
export function rendered(html) {
  const root = document.createDocumentFragment();
  const stack = [{ name: "", node: root }];
  let read = 0;
  const write = (text) => text && stack.at(-1).node.append(decoded(text));
  for (const token of html.matchAll(TOKEN)) {
    const [whole, closing, name, href] = token;
    if (!MARKS.has(name) || (closing && stack.at(-1).name !== name)) continue;
    write(html.slice(read, token.index));
    read = token.index + whole.length;
    if (closing) {
      stack.pop();
    } else {
      const node = opened(name, href);
      stack.at(-1).node.append(node);
      stack.push({ name, node });
    }
  }
  write(html.slice(read));
  return root;
}

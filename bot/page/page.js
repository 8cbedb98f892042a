// Puts the page together: top bar, columns, announcements, links into the direct chat.

import { Chooser } from "./chooser.js";
import { Column } from "./column.js";
import * as dialogs from "./dialogs.js";
import { el, icon } from "./dom.js";
import { lasting } from "./kept.js";
import { Link } from "./link.js";
import { Model } from "./model.js";
import { count, learn, say, spoken } from "./words.js";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const OTHER = { de: ["en", "English"], en: ["de", "Deutsch"] };
const PATIENCE = 1_000;

const link = new Link(() => ({ type: "hello", store: model.store, since: model.rev }));
const model = new Model(link);
const chooser = new Chooser(model, () => arrange());
const columns = new Map();
const page = Object.fromEntries(
  ["skips", "bar", "lost", "columns", "announcer"].map((id) => [id, document.getElementById(id)]),
);
let active = "";
let waiting = 0;

/** Makes everything that has words. */
function build() {
  document.title = say("page-title");
  const help = el(
    "button",
    {
      type: "button",
      class: "plain round",
      "aria-label": say("page-help"),
      title: say("page-help"),
      onclick: dialogs.help,
    },
    "?",
  );
  page.bar.replaceChildren(
    el("h1", {}, el("img", { src: "/local/page/mark.svg", alt: "" }), el("span", {}, say("page-title"))),
    el("nav", { "aria-label": say("page-people") }, chooser.root),
    el("div", { class: "tools" }, help, language(), theme()),
  );
  page.lost.textContent = say("page-lost");
  chooser.build();
  columns.clear();
  page.columns.replaceChildren();
  arrange();
}

/** Shows the chosen people. */
function arrange() {
  const shown = chooser.shown;
  for (const [person, column] of columns)
    if (!shown.includes(person)) {
      column.root.remove();
      columns.delete(person);
    }
  for (const [index, person] of shown.entries()) {
    if (!columns.has(person)) columns.set(person, new Column(model, person));
    const { root, log } = columns.get(person);
    const place = page.columns.children[index];
    if (place === root) continue;
    page.columns.insertBefore(root, place ?? null);
    if (log.pinned) log.end();
  }
  page.columns.dataset.count = shown.length;
  page.skips.replaceChildren(
    ...shown.map((person) =>
      el("a", { href: `#column-${person}`, onclick: skip }, say("page-skip", { name: model.people.get(person).name })),
    ),
  );
  listen(shown.includes(active) ? active : shown[0]);
  update();
}

function skip(event) {
  event.preventDefault();
  const column = columns.get(event.target.hash.replace("#column-", ""));
  (column.composer.root.hidden ? column.root : column.composer.field).focus();
}

function update() {
  chooser.update();
  for (const column of columns.values()) column.update();
}

/** Only the column in use is read out; otherwise the room would speak once for everybody. */
function listen(person) {
  active = person;
  for (const [id, column] of columns) column.log.live = id === person;
}

function language() {
  const [code, name] = OTHER[spoken()];
  const change = async () => {
    lasting("language", code);
    await learn(code);
    build();
    page.bar.querySelector(".language").focus();
  };
  return el("button", { type: "button", class: "plain language", lang: code, onclick: change }, name);
}

function theme() {
  const dark = () =>
    (document.documentElement.dataset.theme ??
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const label = () =>
    button.replaceChildren(icon(dark() ? "sun" : "moon"), el("span", {}, say(dark() ? "page-light" : "page-dark")));
  const change = () => {
    const chosen = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = chosen;
    lasting("theme", chosen);
    label();
  };
  const button = el("button", { type: "button", class: "plain theme", onclick: change });
  label();
  return button;
}

/** Says in words what came into chats that are not open in any column. */
function announce() {
  const open = new Set([...columns.values()].map((column) => column.open));
  const lines = [...columns.values()].flatMap((column) =>
    model.chatsOf(column.person).map((chat) => ({ column, chat, member: model.member(chat.id, column.person) })),
  );
  page.announcer.textContent = lines
    .filter(({ chat, member }) => !open.has(chat.id) && member.state === "in" && member.unread)
    .map(({ column, chat, member }) =>
      say("page-news", {
        name: model.people.get(column.person).name,
        chat: column.name(chat),
        unread: count("page-unread", member.unread),
      }),
    )
    .join(" ");
}

function news({ detail: message }) {
  const hidden = [...columns.values()].every((column) => column.open !== message.chat);
  if (!hidden) return;
  clearTimeout(waiting);
  waiting = setTimeout(announce, PATIENCE);
}

/** Opens the direct chat of a person by a link, showing that person if need be. */
function open(person, payload) {
  if (!columns.has(person)) chooser.add(person);
  columns.get(person).start(payload);
}

/** What a link into the direct chat carries, or null for any other link. */
function payloadOf(address) {
  const url = new URL(address, location.href);
  const here =
    url.host === location.host ||
    (LOOPBACK.has(url.hostname) && LOOPBACK.has(location.hostname) && url.port === location.port);
  return here && url.pathname === "/" ? url.searchParams.get("start") : null;
}

function follow(event) {
  const address = event.target.closest("a")?.href;
  const person = event.target.closest("[data-person]")?.dataset.person;
  const payload = address && person ? payloadOf(address) : null;
  if (payload === null) return;
  event.preventDefault();
  open(person, payload);
}

function received({ detail: { person, notice, link: address } }) {
  if (notice) columns.get(person)?.tell(notice);
  if (!address) return;
  const payload = payloadOf(address);
  if (payload !== null) open(person, payload);
  else if (/^https?:/.test(address)) window.open(address, "_blank", "noopener");
}

function refused({ detail: { code, deed } }) {
  const column = columns.get(deed.person);
  column?.tell(say(`page-error-${code}`));
  if (code !== "unstored") column?.composer.restore(deed);
}

/** After the first snapshot: build; when the people changed: build again. */
let cast = "";
function change() {
  const now = JSON.stringify([model.store, model.cast, [...model.chats.values()].map(({ id, title }) => [id, title])]);
  if (!model.cast.length) return;
  if (now !== cast) {
    cast = now;
    build();
    begin();
  } else update();
}

function begin() {
  const payload = payloadOf(location.href);
  if (payload === null) return;
  history.replaceState(null, "", "/");
  dialogs.start(model.cast, (person) => open(person, payload));
}

function connected(online) {
  const lost = !page.lost.hidden;
  page.lost.hidden = online;
  if (online && lost) page.announcer.textContent = say("page-back");
}

await learn(lasting("language") ?? document.documentElement.lang);
model.addEventListener("change", change);
model.addEventListener("news", news);
model.addEventListener("older", ({ detail }) => {
  for (const column of columns.values()) if (column.open === detail.chat) column.log.grown(detail.count);
});
model.addEventListener("receipt", received);
link.addEventListener("refused", refused);
link.addEventListener("online", () => connected(true));
link.addEventListener("offline", () => connected(false));
page.columns.addEventListener("focusin", (event) => listen(event.target.closest("[data-person]").dataset.person));
page.columns.addEventListener("click", follow);
addEventListener(
  "resize",
  () =>
    columns.size &&
    chooser.shown.join() !== [...page.columns.children].map((one) => one.dataset.person).join() &&
    arrange(),
);
document.addEventListener("visibilitychange", () => columns.size && update());
link.connect();

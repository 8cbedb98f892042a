// One message as it is shown to one person.

import { avatar, el, fresh, hue, icon, unseen } from "./dom.js";
import { rendered } from "./markup.js";
import { say, time } from "./words.js";

/** Who wrote it, as this person would say. */
export function author(model, message, person) {
  if (!message.author) return say("page-assistant");
  return message.author === person ? say("page-you") : (model.people.get(message.author)?.name ?? "");
}

/** What a service line says, such as that somebody left. */
function event(model, message, person) {
  const own = message.author === person;
  return say(`page-event-${message.kind}${own ? "-you" : ""}`, { name: author(model, message, person) });
}

/** What became of an own message; empty for those of others. */
function progress(message, view) {
  if (message.author !== view.person || message.kind === "left") return ["", ""];
  if (message.sending) return ["wait", say("page-sending")];
  if (!message.waiting) return ["taken", say("page-taken")];
  return ["wait", say(view.model.delayed.has(message.chat) ? "page-delayed" : "page-waiting")];
}

/** The list entry of a message. `view` has the model, the person, whether it is grouped, and the actions. */
export function entry(message, view) {
  if (message.kind !== "text")
    return el("li", { class: "event" }, el("p", { tabindex: "-1" }, event(view.model, message, view.person)));
  const side = message.author ? (message.author === view.person ? "own" : "other") : "assistant";
  const picture = side === "own" || !view.room ? null : avatar(view.model.people.get(message.author));
  const item = el(
    "li",
    { class: `entry ${side}${view.grouped ? " grouped" : ""}` },
    picture,
    body(message, view),
    acts(message, view),
  );
  progressed(item, message, view);
  return item;
}

function body(message, view) {
  const ids = [fresh("author"), fresh("text"), fresh("meta")];
  const named = view.room && message.author !== view.person && !view.grouped;
  const colour = hue(view.model.people.get(message.author));
  return el(
    "article",
    { class: "bubble", tabindex: "-1", "aria-labelledby": ids.join(" ") },
    el("p", { id: ids[0], class: named ? `author ${colour}` : "unseen" }, author(view.model, message, view.person)),
    message.reply && quote(message, view),
    message.file?.picture && picture(message.file),
    el(
      "div",
      { id: ids[1], class: "text", dir: "auto", lang: tongue(message, view) },
      message.author ? message.text : rendered(message.text),
    ),
    message.file && !message.file.picture && attached(message.file),
    message.keyboard.length > 0 && keyboard(message, view),
    " ", // or what is copied, searched or read out would run the last number of the text into the time
    el("p", { id: ids[2], class: "meta" }, meta(message)),
  );
}

/** The language of a text, as far as it is known: of the room's cards it is not. */
function tongue(message, view) {
  const reader = message.author || (view.room ? "" : view.person);
  return view.model.people.get(reader)?.language ?? null;
}

function meta(message) {
  const at = new Date(message.at);
  const parts = document.createDocumentFragment();
  if (message.edited) parts.append(el("span", {}, say("page-edited")), " ");
  parts.append(el("time", { datetime: message.at }, time(at)), el("span", { class: "progress" }, el("span", {}, "")));
  return parts;
}

/** Writes the progress into an entry; only a text changes, so that nothing is read out again. */
export function progressed(item, message, view) {
  const place = item.querySelector(".progress");
  if (!place) return;
  const [drawing, words] = progress(message, view);
  const label = place.querySelector("span");
  label.className = drawing === "taken" ? "unseen" : "";
  label.textContent = words ? ` ${words}` : "";
  place.title = words;
  if (place.dataset.drawing === drawing) return;
  place.dataset.drawing = drawing;
  place.querySelector("svg")?.remove();
  if (drawing) place.append(icon(drawing));
}

function quote(message, view) {
  const original = view.model.find(message.chat, message.reply.id);
  const name = author(view.model, message.reply, view.person);
  const text = message.reply.text || original?.text || say("page-older-message");
  const inside = [
    unseen(say("page-quote", { name, text })),
    el("strong", { "aria-hidden": "true" }, name),
    el("span", { "aria-hidden": "true" }, text),
  ];
  if (!original) return el("div", { class: "quote" }, ...inside);
  return el("button", { class: "quote", type: "button", onclick: () => view.jump(message.reply.id) }, ...inside);
}

function picture(file) {
  const address = `/local/files/${file.id}`;
  return el(
    "a",
    {
      class: "picture",
      href: address,
      target: "_blank",
      rel: "noopener",
      title: say("page-picture", { name: file.name }),
    },
    el("img", { src: address, alt: file.alt || file.name }),
  );
}

function attached(file) {
  return el(
    "a",
    {
      class: "file",
      href: `/local/files/${file.id}`,
      download: file.name,
      "aria-label": say("page-file", { name: file.name }),
    },
    icon("file"),
    file.name,
  );
}

function keyboard(message, view) {
  const pressed = view.model.pressed(message.id);
  let index = 0;
  const rows = message.keyboard.map((row) =>
    el("div", { class: "row" }, ...row.map((label) => key(message, view, label, index++, pressed))),
  );
  return el("div", { class: "keyboard", role: "group", "aria-label": say("page-buttons") }, ...rows);
}

function key(message, view, label, index, pressed) {
  const busy = pressed?.index === index;
  return el(
    "button",
    {
      type: "button",
      class: busy ? "busy" : "",
      "data-key": `key-${index}`,
      "aria-disabled": pressed ? "true" : null,
      onclick: () => pressed || view.press(message, index),
    },
    label,
    busy && unseen(` ${say("page-waiting")}`),
  );
}

function acts(message, view) {
  if (message.sending) return null;
  const name = author(view.model, message, view.person);
  const own = message.author === view.person;
  return el(
    "div",
    { class: "acts" },
    act("reply", own ? say("page-reply") : say("page-reply-to", { name }), say("page-reply"), () =>
      view.reply(message),
    ),
    own && act("edit", say("page-edit"), say("page-edit"), () => view.edit(message)),
  );
}

function act(drawing, label, title, onclick) {
  return el("button", { type: "button", "data-key": drawing, "aria-label": label, title, onclick }, icon(drawing));
}

// The history of one chat as one person sees it: a live list that keeps the reader's place and focus.

import { entry, progressed } from "./bubble.js";
import { el } from "./dom.js";
import { Walk } from "./walk.js";
import { count, day, say, spoken } from "./words.js";

const GROUP = 5 * 60_000;
const NEAR = 48;
const QUIET = 120;

export class Log {
  #model;
  #person;
  #acts;
  #walk;
  #chat = null;
  #items = new Map();
  #pinned = true;
  #top = 0;
  #live = false;
  #heard = new Set();
  #quiet = 0;

  /** `acts` are what one can do with a message: reply, edit, leave (back to the text field), said (to tell something). */
  constructor(model, person, acts) {
    this.#model = model;
    this.#person = person;
    this.#acts = acts;
    this.list = el("ol", { role: "list" });
    this.older = el("button", { type: "button", class: "older", onclick: () => model.older(this.#chat.id) });
    this.scroller = el("div", { class: "log", role: "log", "aria-relevant": "additions" }, this.older, this.list);
    this.newest = el("button", { type: "button", class: "newest", hidden: true, onclick: () => this.end(true) });
    this.root = el("div", { class: "history" }, this.scroller, this.newest);
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#walk = new Walk(this.scroller, this.list, person, (item) => this.#message(item), acts);
    this.list.addEventListener("load", () => this.#pinned && this.end(), true);
    new ResizeObserver(() => this.#pinned && this.end()).observe(this.scroller);
  }

  /** Shows another chat. */
  open(chat, name) {
    this.#chat = chat;
    this.#items.clear();
    this.#heard.clear();
    this.#pinned = true;
    this.list.replaceChildren();
    this.scroller.setAttribute(
      "aria-label",
      say("page-log", { chat: name, name: this.#model.people.get(this.#person).name }),
    );
    this.older.textContent = say("page-older");
    this.newest.textContent = say("page-newest");
  }

  /** Whether new messages here are read out. */
  set live(live) {
    this.#live = live;
    this.#hush(false);
  }

  /** Whether the reader sees the end of the history. */
  get pinned() {
    return this.#pinned;
  }

  /** Brings the list up to date. */
  update() {
    const chat = this.#model.chats.get(this.#chat.id);
    this.#chat = chat;
    if (this.scroller.scrollTop < this.#top - NEAR) this.#measure(); // scrolled up, and the event is yet to come
    const wanted = this.#wanted(this.#model.shown(chat.id, this.#person));
    this.#hush(this.#items.size === 0 || this.#silent(wanted));
    this.older.hidden = !chat.more;
    const height = this.scroller.scrollHeight;
    const top = this.scroller.scrollTop;
    const grew = this.#reconcile(wanted);
    if (this.#pinned || wanted.at(-1)?.message?.sending) this.end();
    else if (grew === "above") this.scroller.scrollTop = top + this.scroller.scrollHeight - height;
    this.newest.hidden = this.#pinned || (this.newest.hidden && grew !== "below");
    this.#walk.settle();
  }

  /** Goes to the end of the history, with `focus` also to its last message. */
  end(focus = false) {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#top = this.scroller.scrollTop;
    this.#pinned = true;
    this.newest.hidden = true;
    if (focus) this.focusLast();
  }

  /** Puts the focus on the last message; false when there is none. */
  focusLast() {
    const last = this.list.lastElementChild;
    last?.querySelector("[tabindex]").focus();
    return Boolean(last);
  }

  /** After older messages came: says how many, and keeps the focus where it makes sense. */
  grown(number) {
    this.#acts.said(count("page-older-done", number));
    if (this.older.hidden && document.activeElement === document.body) this.list.querySelector("[tabindex]")?.focus();
  }

  #wanted(messages) {
    const wanted = [];
    let previous = null;
    for (const message of messages) {
      const at = new Date(message.at);
      const fresh = !previous || new Date(previous.at).toDateString() !== at.toDateString();
      if (fresh) wanted.push({ key: `day ${at.toDateString()} ${message.id}`, day: day(at) });
      const grouped =
        !fresh && previous.author === message.author && previous.kind === "text" && at - new Date(previous.at) < GROUP;
      wanted.push({ key: message.client ?? message.id, message, grouped });
      previous = message;
    }
    return wanted;
  }

  #content({ message, day: label, grouped }) {
    if (!message) return `${label}`;
    const { text, keyboard, file, reply, edited, kind, sending, token } = message;
    const found = reply && Boolean(this.#model.find(message.chat, reply.id));
    const press = keyboard.length ? this.#model.pressed(message.id)?.index : null;
    return JSON.stringify([
      text,
      keyboard,
      file,
      reply,
      found,
      edited,
      kind,
      token,
      grouped,
      press,
      Boolean(sending),
      spoken(),
    ]);
  }

  /** Whether there are only changes of known messages, none of which answers to a press made here. */
  #silent(wanted) {
    const changed = wanted.filter((one) => this.#items.get(one.key)?.content !== this.#content(one));
    return (
      changed.length > 0 && changed.every(({ key, message }) => this.#items.has(key) && !this.#heard.has(message?.id))
    );
  }

  #reconcile(wanted) {
    const first = this.list.firstElementChild;
    let place = first;
    let grew = "";
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, item] of this.#items)
      if (!keys.has(key)) {
        if (place === item.node) place = place.nextElementSibling;
        item.node.remove();
        this.#items.delete(key);
      }
    for (const one of wanted) {
      const item = this.#items.get(one.key);
      const content = this.#content(one);
      if (!item) {
        const node = this.#node(one);
        this.list.insertBefore(node, place);
        this.#items.set(one.key, { node, content });
        grew = place ? "above" : "below";
        continue;
      }
      if (item.content !== content) this.#replace(item, one, content);
      else if (one.message) progressed(item.node, one.message, this.#view(one));
      place = item.node.nextElementSibling;
    }
    return grew;
  }

  #replace(item, one, content) {
    const focus = item.node.contains(document.activeElement) ? document.activeElement.dataset.key || "article" : "";
    const node = this.#node(one);
    item.node.replaceWith(node);
    Object.assign(item, { node, content });
    if (focus) (node.querySelector(`[data-key="${focus}"]`) ?? node.querySelector("[tabindex]"))?.focus();
  }

  #node(one) {
    if (!one.message) return el("li", { class: "day" }, el("p", {}, one.day));
    const node = entry(one.message, this.#view(one));
    node.dataset.item = one.key;
    return node;
  }

  #view({ grouped }) {
    return {
      model: this.#model,
      person: this.#person,
      room: this.#chat.kind === "room",
      grouped,
      jump: (id) => this.#jump(id),
      reply: this.#acts.reply,
      edit: this.#acts.edit,
      press: (message, index) => this.#press(message, index),
    };
  }

  #press(message, index) {
    this.#heard.add(message.id);
    setTimeout(() => this.#heard.delete(message.id), 5_000);
    this.#model.press(this.#person, this.#chat.id, message, index);
  }

  #jump(id) {
    const node = this.#items.get(this.#model.find(this.#chat.id, id)?.client ?? id)?.node;
    node?.scrollIntoView({ block: "center" });
    node?.querySelector("[tabindex]").focus();
  }

  #measure() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.#pinned = scrollHeight - scrollTop - clientHeight < NEAR;
    this.#top = scrollTop;
  }

  #scrolled() {
    this.#measure();
    if (this.#pinned) this.newest.hidden = true;
    this.#acts.scrolled();
  }

  #hush(quiet) {
    clearTimeout(this.#quiet);
    this.scroller.setAttribute("aria-live", this.#live && !quiet ? "polite" : "off");
    if (quiet) this.#quiet = setTimeout(() => this.#hush(false), QUIET);
  }

  /** The message of a list entry; undefined for lines that are no text. */
  #message(item) {
    const { messages } = this.#model.chats.get(this.#chat.id);
    return messages.find((message) => (message.client ?? message.id) === item.dataset.item);
  }
}

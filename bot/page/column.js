// One person's messenger: who it is, the chats, and the chat that is open.

import { Composer } from "./composer.js";
import { avatar, el, fresh, icon, news } from "./dom.js";
import { lasting } from "./kept.js";
import { Log } from "./log.js";
import { count, say } from "./words.js";

const NOTICE = 12_000;

export class Column {
  #model;
  #chats;
  #notice = 0;

  constructor(model, person) {
    this.#model = model;
    this.person = person;
    this.#chats = model.chatsOf(person);
    const acts = {
      reply: (message) => this.composer.reply(message),
      edit: (message) => this.composer.edit(message),
      leave: () => this.composer.field.focus(),
      said: (text) => this.tell(text),
      scrolled: () => this.seen(),
    };
    this.log = new Log(model, person, acts);
    this.composer = new Composer(model, person, { up: () => this.log.focusLast(), said: acts.said });
    this.root = this.#build();
    this.show(lasting(`chat ${person}`) ?? (lasting("shown") ? person : this.#lively()));
  }

  /** The chat that is open. */
  get chat() {
    return this.#model.chats.get(this.open);
  }

  name(chat) {
    return chat.kind === "direct" ? say("page-assistant") : chat.title;
  }

  /** Opens a chat; an unknown one means the direct chat. */
  show(chat) {
    this.open = this.#chats.some(({ id }) => id === chat) ? chat : this.person;
    lasting(`chat ${this.person}`, this.open);
    const name = this.name(this.chat);
    this.panel.setAttribute("aria-labelledby", this.tabs.get(this.open).id);
    this.log.open(this.chat, name);
    this.composer.open(this.chat, name);
    this.more.replaceChildren(this.#moreSummary(name), el("div", {}, this.#leave()));
    this.more.open = false;
    this.gate.dataset.state = "";
    this.update();
  }

  /** Brings everything up to date. */
  update() {
    const { state } = this.#model.member(this.open, this.person);
    const inside = state === "in";
    if (this.gate.dataset.state !== state) this.#fillGate(state);
    this.gate.hidden = inside;
    this.log.root.hidden = !inside;
    this.composer.root.hidden = !inside;
    this.more.hidden = !inside;
    if (inside) this.log.update();
    this.empty.hidden = !inside || this.chat.messages.length > 0;
    this.empty.textContent = say(`page-empty-${this.chat.kind}`);
    this.seen();
    for (const [id, tab] of this.tabs) this.#label(tab, this.#model.chats.get(id));
  }

  /** Notes what the person has now seen. */
  seen() {
    if (!document.hidden && this.root.isConnected && this.log.pinned) this.#model.read(this.person, this.open);
  }

  /** A short line for this person alone. */
  tell(text) {
    clearTimeout(this.#notice);
    this.#notice = setTimeout(() => this.notice.replaceChildren(), NOTICE);
    if (this.notice.textContent !== text) this.notice.replaceChildren(text);
  }

  /** Opens the direct chat as by a link. */
  start(payload) {
    this.show(this.person);
    this.#model.link.act({ type: "open", person: this.person, chat: this.person, payload });
    this.composer.field.focus();
  }

  /** Where a first visit begins: in the direct chat, unless only others have said something so far. */
  #lively() {
    const spoken = this.#chats.filter(({ messages }) => messages.length);
    return (spoken.find(({ id }) => id === this.person) ?? spoken[0])?.id;
  }

  #build() {
    const person = this.#model.people.get(this.person);
    const heading = fresh("person");
    this.tabs = new Map(this.#chats.map((chat) => [chat.id, this.#tab(chat)]));
    this.more = el("details", {
      class: "more",
      onkeydown: (event) => this.#escape(event),
      onfocusout: (event) => this.#away(event),
    });
    this.gate = el("div", { class: "gate", hidden: true });
    this.empty = el("p", { class: "empty", hidden: true });
    this.notice = el("p", { class: "notice", role: "status" });
    this.panel = el(
      "div",
      { class: "panel", role: "tabpanel", id: fresh("panel") },
      this.log.root,
      this.empty,
      this.gate,
      this.notice,
      this.composer.root,
    );
    for (const tab of this.tabs.values()) tab.setAttribute("aria-controls", this.panel.id);
    return el(
      "section",
      {
        class: "column",
        id: `column-${this.person}`,
        "aria-labelledby": heading,
        tabindex: "-1",
        "data-person": this.person,
      },
      el(
        "header",
        {},
        avatar(person),
        el(
          "div",
          { class: "who" },
          el("h2", { id: heading }, person.name),
          el("p", {}, say(`page-role-${person.role}`)),
        ),
        this.more,
      ),
      el(
        "div",
        {
          class: "tabs",
          role: "tablist",
          "aria-label": say("page-chats", { name: person.name }),
          onkeydown: (event) => this.#tabKey(event),
        },
        ...this.tabs.values(),
      ),
      this.panel,
    );
  }

  #tab(chat) {
    return el("button", {
      type: "button",
      role: "tab",
      id: fresh("tab"),
      title: this.name(chat),
      "data-chat": chat.id,
      onclick: () => chat.id === this.open || this.#turn(chat.id),
    });
  }

  #label(tab, chat) {
    const selected = chat.id === this.open;
    const { unread, state } = this.#model.member(chat.id, this.person);
    const number = state === "in" ? unread : 0;
    tab.setAttribute("aria-selected", selected);
    tab.tabIndex = selected ? 0 : -1;
    const label = `${this.name(chat)} ${number}`;
    if (tab.dataset.label === label) return;
    tab.dataset.label = label;
    tab.replaceChildren(
      icon(chat.kind === "room" ? "people" : "bubble"),
      el("span", {}, this.name(chat)),
      ...news(number, count("page-unread", number)),
    );
  }

  /** Turns to another chat, which the short line does not concern. */
  #turn(chat) {
    this.notice.replaceChildren();
    this.show(chat);
  }

  #tabKey(event) {
    const ids = [...this.tabs.keys()];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const goal =
      { Home: 0, End: ids.length - 1 }[event.key] ??
      (step && (ids.indexOf(this.open) + step + ids.length) % ids.length);
    if (goal === undefined) return;
    event.preventDefault();
    this.#turn(ids[goal]);
    this.tabs.get(ids[goal]).focus();
  }

  #moreSummary(name) {
    const label = say("page-more-for", { chat: name });
    return el("summary", { "aria-label": label, title: say("page-more") }, icon("more"));
  }

  #away(event) {
    if (event.relatedTarget && !this.more.contains(event.relatedTarget)) this.more.open = false;
  }

  #escape(event) {
    if (event.key !== "Escape" || !this.more.open) return;
    event.stopPropagation();
    this.more.open = false;
    this.more.querySelector("summary").focus();
  }

  #leave() {
    const leave = () => {
      this.#model.link.act({ type: "leave", person: this.person, chat: this.open });
      this.more.open = false;
      this.tabs.get(this.open).focus();
    };
    return el(
      "button",
      { type: "button", onclick: leave },
      say(this.chat.kind === "room" ? "page-leave-room" : "page-leave-direct"),
    );
  }

  #fillGate(state) {
    this.gate.dataset.state = state;
    if (state === "in") return this.gate.replaceChildren();
    const { kind } = this.chat;
    const label = kind === "room" ? "page-join" : state === "new" ? "page-begin" : "page-begin-again";
    this.gate.replaceChildren(
      avatar(null),
      el("p", {}, say(`page-gate-${state}-${kind}`)),
      el("button", { type: "button", class: "primary", onclick: () => this.#enter(kind) }, say(label)),
    );
  }

  #enter(kind) {
    if (kind === "direct") return this.start("");
    this.#model.link.act({ type: "join", person: this.person, chat: this.open });
    this.tabs.get(this.open).focus();
  }
}

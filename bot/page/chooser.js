// Who is shown: buttons where several people fit side by side, a list where only one does.

import { avatar, el, fresh, news, unseen } from "./dom.js";
import { lasting } from "./kept.js";
import { count, say } from "./words.js";

const NARROWEST = 310;
const MOST = 4;

/** Remembers who was chosen last, and shows as many of them as fit. */
export class Chooser {
  #model;
  #changed;
  #recent = lasting("shown") ?? [];

  constructor(model, changed) {
    this.#model = model;
    this.#changed = changed;
    this.root = el("div", { class: "chooser" });
  }

  /** How many people fit. */
  static room() {
    return Math.max(1, Math.min(MOST, Math.floor(document.documentElement.clientWidth / NARROWEST)));
  }

  /** The people to show, in the order of the cast. */
  get shown() {
    const cast = this.#model.cast;
    const known = this.#recent.filter((id) => cast.some((person) => person.id === id));
    const wanted = (known.length ? known : this.#first()).slice(-Chooser.room());
    return cast.filter((person) => wanted.includes(person.id)).map((person) => person.id);
  }

  /** Adds a person; whoever was chosen longest ago makes room. */
  add(person) {
    const others = (this.#recent.length ? this.#recent : this.#first()).filter((id) => id !== person);
    this.#keep([...others, person]);
  }

  /** Builds the buttons and the list anew, in the language of the day. */
  build() {
    const id = fresh("chooser");
    this.buttons = new Map(this.#model.cast.map((person) => [person.id, this.#button(person)]));
    this.select = el("select", { id, onchange: () => this.add(this.select.value) });
    this.select.append(...this.#model.cast.map((person) => el("option", { value: person.id })));
    this.root.replaceChildren(
      el("div", { class: "chips", role: "group", "aria-label": say("page-chooser") }, ...this.buttons.values()),
      el("label", { class: "one", for: id }, unseen(say("page-chooser-one")), this.select),
    );
    this.update();
  }

  update() {
    const shown = this.shown;
    for (const [index, person] of this.#model.cast.entries()) {
      const number = this.#unread(person.id);
      const button = this.buttons.get(person.id);
      button.setAttribute("aria-pressed", shown.includes(person.id));
      const words = count("page-unread", number);
      button.querySelector(".news").replaceChildren(...news(number, words));
      this.select.options[index].textContent = number ? `${person.name} (${words})` : person.name;
    }
    this.select.value = shown[0];
  }

  /** One officer beside another, the coordination, and somebody new. */
  #first() {
    const cast = this.#model.cast;
    const officers = cast.filter((person) => person.role === "officer").slice(0, 2);
    const others = ["newcomer", "coordination"].map((role) => cast.find((person) => person.role === role));
    const first = [others[0], others[1], officers[1], officers[0]].filter(Boolean).map((person) => person.id);
    return first.length ? first : cast.slice(0, MOST).map((person) => person.id);
  }

  #button(person) {
    const toggle = () => {
      const shown = this.shown;
      if (!shown.includes(person.id)) this.add(person.id);
      else if (shown.length > 1) this.#keep(shown.filter((id) => id !== person.id));
    };
    return el(
      "button",
      { type: "button", class: "chip", "data-person": person.id, onclick: toggle },
      avatar(person),
      el("span", {}, person.name),
      el("span", { class: "news" }),
    );
  }

  #keep(recent) {
    this.#recent = recent.slice(-MOST);
    lasting("shown", this.#recent);
    this.#changed();
  }

  #unread(person) {
    return this.#model
      .chatsOf(person)
      .map((chat) => this.#model.member(chat.id, person))
      .reduce((sum, { state, unread }) => sum + (state === "in" ? unread : 0), 0);
  }
}

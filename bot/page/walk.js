// The way through the messages by keyboard: arrows from message to message, the tabulator within one, letters to act.

export class Walk {
  #list;
  #person;
  #message;
  #acts;
  #current = "";

  /** `message` gives the message of a list entry; `acts` has reply, edit and leave (back to the text field). */
  constructor(scroller, list, person, message, acts) {
    this.#list = list;
    this.#person = person;
    this.#message = message;
    this.#acts = acts;
    scroller.addEventListener("keydown", (event) => this.#key(event));
    list.addEventListener("focusin", (event) => this.#enter(event.target.closest("[data-item]")));
  }

  /** Lets the tabulator reach the current message and its buttons only: the one in use, otherwise the last. */
  settle() {
    if (!this.#list.contains(document.activeElement)) this.#current = this.#list.lastElementChild?.dataset.item ?? "";
    for (const item of this.#list.children) {
      const here = this.#current !== "" && item.dataset.item === this.#current;
      for (const target of item.querySelectorAll("button, a, [tabindex]")) target.tabIndex = here ? 0 : -1;
    }
  }

  #enter(item) {
    if (item) this.#current = item.dataset.item;
    this.settle();
  }

  #key(event) {
    if (event.key === "Escape") return this.#acts.leave();
    const item = event.target.closest("[data-item]");
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    if (this.#move(item, event.key) || this.#act(item, event)) event.preventDefault();
  }

  /** Goes to another message, below the last one back to the text field; returns whether the key meant that. */
  #move(item, key) {
    const all = [...this.#list.querySelectorAll("[data-item]")];
    const place = all.indexOf(item);
    const goals = { ArrowUp: all[place - 1] ?? item, ArrowDown: all[place + 1], Home: all[0], End: all.at(-1) };
    if (!(key in goals)) return false;
    if (goals[key]) goals[key].querySelector("[tabindex]").focus();
    else this.#acts.leave();
    return true;
  }

  /** Answers or edits the message that has the focus itself, not one of its buttons. */
  #act(item, { key, target }) {
    const message = this.#message(item);
    if (target.matches("button, a") || message?.kind !== "text") return false;
    const reply = key === "r" || key === "Enter";
    if (reply) this.#acts.reply(message);
    else if (key === "e" && message.author === this.#person) this.#acts.edit(message);
    else return false;
    return true;
  }
}

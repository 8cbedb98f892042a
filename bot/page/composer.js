// Where a person writes: new messages, replies, and changes of own ones. What is half written survives a reload.

import { author } from "./bubble.js";
import { el, fresh, icon } from "./dom.js";
import { passing } from "./kept.js";
import { rendered } from "./markup.js";
import { number, say } from "./words.js";

const LONGEST = 10_000;
const MEGABYTE = 1_000_000;
const LARGEST = 20 * MEGABYTE;
const TALLEST = 160;
const QUOTED = 120;

export class Composer {
  #model;
  #person;
  #acts;
  #chat = null;
  #target = null;

  /** `acts`: up (the arrow up in the empty text field; whether it led anywhere), said (to tell something). */
  constructor(model, person, acts) {
    this.#model = model;
    this.#person = person;
    this.#acts = acts;
    const [id, hint] = [fresh("field"), fresh("hint")];
    this.label = el("label", { class: "unseen", for: id });
    this.field = el("textarea", { id, rows: "1", dir: "auto", "aria-describedby": hint, enterkeyhint: "send" });
    this.send = el("button", { type: "submit", class: "send" }, icon("send"));
    this.files = el("input", { type: "file", class: "unseen", tabindex: "-1", "aria-hidden": "true" });
    this.attach = el("button", { type: "button", class: "attach", onclick: () => this.files.click() }, icon("clip"));
    this.target = el("div", { class: "target", hidden: true });
    this.root = el(
      "form",
      { class: "composer", onsubmit: (event) => this.#submit(event) },
      this.target,
      this.label,
      this.field,
      this.attach,
      this.files,
      this.send,
      el("p", { id: hint, class: "unseen" }, say("page-keys")),
    );
    this.files.addEventListener("change", () => this.#upload());
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Writes to another chat from now on. */
  open(chat, name) {
    this.#chat = chat;
    this.label.textContent = say("page-compose", { chat: name });
    this.field.placeholder = say("page-write");
    this.attach.title = say("page-attach");
    this.attach.setAttribute("aria-label", say("page-attach"));
    this.#aim(null);
    this.#write(passing(this.#draft) ?? "");
  }

  reply(message) {
    if (this.#target?.edits) this.#write("");
    this.#aim({ message });
    this.field.focus();
  }

  edit(message) {
    this.#aim({ message, edits: true });
    this.#write(message.text);
    this.field.focus();
  }

  /** Puts a text back that could not be sent, unless something else was begun. */
  restore(deed) {
    if (deed.chat === this.#chat.id && deed.text && !this.field.value) this.#write(deed.text);
  }

  get #draft() {
    return `draft ${this.#person} ${this.#chat.id}`;
  }

  #aim(target) {
    this.#target = target;
    this.target.hidden = !target;
    const label = say(target?.edits ? "page-save" : "page-send");
    this.send.setAttribute("aria-label", label);
    this.send.title = label;
    if (!target) return this.target.replaceChildren();
    const name = author(this.#model, target.message, this.#person);
    const cancel = say(target.edits ? "page-cancel-edit" : "page-cancel-reply");
    const text = target.message.author ? target.message.text : rendered(target.message.text).textContent;
    this.target.replaceChildren(
      el(
        "p",
        { role: "status" },
        el("strong", {}, target.edits ? say("page-editing") : say("page-replying", { name })),
      ),
      el("p", {}, text.slice(0, QUOTED)),
      el(
        "button",
        { type: "button", "aria-label": cancel, title: cancel, onclick: () => this.#cancel() },
        icon("cross"),
      ),
    );
  }

  #cancel() {
    if (this.#target?.edits) this.#write("");
    this.#aim(null);
    this.field.focus();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return this.field.focus();
    const length = [...text].length;
    if (length > LONGEST)
      return this.#acts.said(say("page-error-long", { count: number(length), most: number(LONGEST) }));
    const common = { person: this.#person, chat: this.#chat.id, text };
    const { message, edits } = this.#target ?? {};
    this.#aim(null);
    this.#write("");
    if (edits) this.#model.link.act({ type: "edit", ...common, message: message.id });
    else if (message) this.#model.link.act({ type: "say", ...common, reply_to: message.id });
    else this.#model.link.act({ type: "say", ...common });
  }

  /** Sends the chosen file, with what is written beside it. */
  async #upload() {
    const [file] = this.files.files;
    this.files.value = "";
    if (!file) return;
    if (file.size > LARGEST)
      return this.#acts.said(say("page-error-large", { most: number(LARGEST / MEGABYTE) }));
    const [person, chat] = [this.#person, this.#chat.id];
    this.#acts.said(say("page-uploading", { name: file.name }));
    const headers = { "Content-Type": file.type || "application/octet-stream" };
    const query = new URLSearchParams({ name: file.name });
    const answer = await fetch(`/local/files?${query}`, { method: "POST", body: file, headers }).catch(() => null);
    if (!answer?.ok) return this.#acts.said(say("page-error-upload", { name: file.name }));
    const { id } = await answer.json();
    const here = this.#chat.id === chat && !this.#target;
    const text = here ? this.field.value.trim() : "";
    if (here) this.#write("");
    this.#model.link.act({ type: "say", person, chat, text, file: id });
  }

  #write(text) {
    this.field.value = text;
    this.#typed();
  }

  #typed() {
    if (!this.#target?.edits) passing(this.#draft, this.field.value || null);
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, TALLEST)}px`;
    this.send.setAttribute("aria-disabled", this.field.value.trim() ? "false" : "true");
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.root.requestSubmit();
    } else if (event.key === "Escape" && this.#target) this.#cancel();
    else if (event.key === "ArrowUp" && !this.field.value && this.#acts.up()) event.preventDefault();
  }
}

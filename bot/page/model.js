// What the page knows: people, chats, messages, what is unread. Views listen for "change".

const before = (one, other) => Number(one) < Number(other);

/** The first letter, and the first one that tells the name from another that begins alike: Musterstadt is MS. */
function initials(name, names) {
  const alike = names
    .filter((other) => other !== name)
    .map((other) => {
      let length = 0;
      while (length < name.length - 1 && name[length] === other[length]) length += 1;
      return length;
    });
  return `${name[0]}${name[Math.max(1, ...alike)] ?? ""}`.toUpperCase();
}

export class Model extends EventTarget {
  store = "";
  rev = 0;
  people = new Map();
  chats = new Map();
  members = new Map();
  delayed = new Set();
  /** Presses the assistant has not taken yet: client → { message, index }. */
  presses = new Map();

  constructor(link) {
    super();
    this.link = link;
    link.addEventListener("frame", (event) => this.#take(event.detail));
    link.addEventListener("waiting", () => this.#changed());
    link.addEventListener(
      "refused",
      ({ detail }) => detail.code !== "unstored" && this.presses.delete(detail.deed.client),
    );
  }

  /** The people one can be, in their order. */
  get cast() {
    return [...this.people.values()].filter((person) => person.seat !== null);
  }

  chatsOf(person) {
    return [...this.chats.values()].filter((chat) => this.members.has(`${chat.id} ${person}`));
  }

  member(chat, person) {
    return this.members.get(`${chat} ${person}`);
  }

  /** All messages of a chat, oldest first, with what this person has written and is not sent yet. */
  shown(chat, person) {
    const waiting = this.link.waiting.filter((deed) => deed.chat === chat && deed.person === person);
    const edits = new Map(waiting.filter((deed) => deed.type === "edit").map((deed) => [deed.message, deed.text]));
    const stored = this.chats
      .get(chat)
      .messages.map((message) =>
        edits.has(message.id) ? { ...message, text: edits.get(message.id), sending: true } : message,
      );
    return [...stored, ...waiting.filter((deed) => deed.type === "say").map((deed) => this.#unsent(deed))];
  }

  find(chat, id) {
    return this.chats.get(chat)?.messages.find((message) => message.id === id);
  }

  press(person, chat, message, index) {
    const deed = this.link.act({ type: "press", person, chat, message: message.id, token: message.token, index });
    this.presses.set(deed.client, { message: message.id, index });
    this.#changed();
  }

  pressed(message) {
    return [...this.presses.values()].find((press) => press.message === message);
  }

  /** Notes that a person has seen everything in a chat. */
  read(person, chat) {
    const member = this.member(chat, person);
    const last = this.chats.get(chat).messages.at(-1);
    if (!last || !member || !before(member.read, last.id)) return;
    if (this.link.ask({ type: "read", person, chat, message: last.id })) this.#readUpTo(member, last.id);
  }

  older(chat) {
    const first = this.chats.get(chat).messages[0];
    return Boolean(first) && this.link.ask({ type: "older", chat, before: first.id });
  }

  #take(frame) {
    const { type } = frame;
    if (type === "snapshot") this.#begin(frame);
    else if (type === "message") this.#put(frame.message, frame.client);
    else if (type === "older") this.#prepend(frame);
    else if (type === "member") this.member(frame.chat, frame.person).state = frame.state;
    else if (type === "read") this.#readUpTo(this.member(frame.chat, frame.person), frame.message);
    else if (type === "delayed") this.delayed[frame.delayed ? "add" : "delete"](frame.chat);
    else if (type === "receipt") this.#receive(frame);
    this.#changed();
  }

  #begin(frame) {
    const old = frame.reset ? new Map() : this.chats;
    const names = frame.people.map((person) => person.name);
    this.people = new Map(
      frame.people.map((person) => [person.id, { ...person, initials: initials(person.name, names) }]),
    );
    this.chats = new Map(
      frame.chats.map((chat) => [
        chat.id,
        {
          ...chat,
          messages: old.get(chat.id)?.messages ?? [],
          more: frame.more[chat.id] ?? old.get(chat.id)?.more ?? false,
        },
      ]),
    );
    this.members = new Map(frame.members.map((member) => [`${member.chat} ${member.person}`, member]));
    this.delayed = new Set(frame.delayed);
    this.#forgetPresses();
    for (const message of frame.messages) this.#insert(message);
    this.store = frame.store;
    this.rev = frame.rev;
  }

  /** Whether a press was taken is not told twice: after a lost connection only those not yet sent still count. */
  #forgetPresses() {
    const waiting = new Set(this.link.waiting.map((deed) => deed.client));
    for (const client of this.presses.keys()) if (!waiting.has(client)) this.presses.delete(client);
  }

  #put(message, client) {
    // What comes before the snapshot says nothing of what came before it.
    if (this.link.online) this.rev = Math.max(this.rev, message.rev);
    const deed = client && this.link.waiting.find((waiting) => waiting.client === client);
    this.link.waiting = this.link.waiting.filter((waiting) => waiting !== deed);
    if (!this.#insert(deed?.type === "say" ? { ...message, client } : message)) return;
    for (const member of this.members.values()) {
      const fresh = member.person !== message.author && before(member.read, message.id);
      if (member.chat === message.chat && member.state === "in" && fresh) member.unread += 1;
    }
    this.dispatchEvent(new CustomEvent("news", { detail: message }));
  }

  /** Puts a message in its place; returns whether it is a new one. */
  #insert(message) {
    const chat = this.chats.get(message.chat);
    if (!chat) return false;
    const place = chat.messages.findIndex((known) => !before(known.id, message.id));
    if (place < 0) chat.messages.push(message);
    else if (chat.messages[place].id !== message.id) {
      if (place > 0 || !chat.more) chat.messages.splice(place, 0, message);
      return false;
    } else if (chat.messages[place].rev < message.rev) {
      chat.messages[place] = { ...message, client: chat.messages[place].client };
    }
    return place < 0;
  }

  #prepend({ chat: id, messages, more }) {
    const chat = this.chats.get(id);
    const known = new Set(chat.messages.map((message) => message.id));
    const added = messages.filter((message) => !known.has(message.id));
    chat.messages.unshift(...added);
    chat.more = more;
    this.dispatchEvent(new CustomEvent("older", { detail: { chat: id, count: added.length } }));
  }

  #receive(frame) {
    const own = this.presses.delete(frame.client);
    this.dispatchEvent(new CustomEvent("receipt", { detail: { ...frame, link: own ? frame.link : "" } }));
  }

  #readUpTo(member, message) {
    if (!member || !before(member.read, message)) return;
    const { messages } = this.chats.get(member.chat);
    member.read = message;
    member.unread = messages.filter((one) => before(message, one.id) && one.author !== member.person).length;
  }

  #unsent(deed) {
    const answered = this.find(deed.chat, deed.reply_to);
    const reply = answered ? { id: answered.id, author: answered.author, text: "" } : null;
    return {
      id: deed.client,
      client: deed.client,
      chat: deed.chat,
      author: deed.person,
      kind: "text",
      text: deed.text,
      token: "",
      keyboard: [],
      reply,
      file: null,
      at: deed.at,
      edited: false,
      waiting: true,
      sending: true,
    };
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

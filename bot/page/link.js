// The line to the server. What a person does waits here until the server has it on disk, across losses and reloads.

import { passing } from "./kept.js";

const BEAT = 20_000;
const PATIENCE = 8_000;
const RECONNECT = [300, 700, 1_500, 3_000, 5_000];

export class Link extends EventTarget {
  #socket = null;
  #failures = 0;
  #refusals = 0;
  #sent = "";
  #silence = 0;
  #retry = 0;
  #greeting;

  /** Everything a person did that is not on disk yet, oldest first. */
  waiting = passing("waiting") ?? [];
  online = false;

  /** `greeting` gives the first frame of each connection. */
  constructor(greeting) {
    super();
    this.#greeting = greeting;
    setInterval(() => this.#beat(), BEAT);
    addEventListener("online", () => this.connect());
    document.addEventListener("visibilitychange", () => document.hidden || this.connect());
  }

  connect() {
    clearTimeout(this.#retry);
    if (this.#socket) return;
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/local/socket`);
    this.#socket = socket;
    socket.addEventListener("open", () => this.ask(this.#greeting()));
    socket.addEventListener("message", (event) => this.#hear(JSON.parse(event.data)));
    socket.addEventListener("close", () => this.#lose(socket));
  }

  /** Sends a question now; without a connection it is dropped. Returns whether it went out. */
  ask(frame) {
    const open = this.#socket?.readyState === WebSocket.OPEN;
    if (open) this.#socket.send(JSON.stringify(frame));
    return open;
  }

  /** Keeps a deed and sends it as soon as all before it are on disk. */
  act(deed) {
    const client = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    const named = { ...deed, client, at: new Date().toISOString() };
    this.waiting = [...this.waiting, named];
    this.#remember();
    this.#next();
    return named;
  }

  #hear(frame) {
    clearTimeout(this.#silence);
    if (frame.type === "snapshot") {
      this.#failures = 0;
      this.#tell("frame", frame);
      this.online = true;
      this.#sent = "";
      this.#tell("online");
      this.#next();
    } else if (frame.type === "stored") this.#settle(frame.client);
    else if (frame.type === "error") this.#refuse(frame);
    else if (frame.type !== "pong") this.#tell("frame", frame);
  }

  #settle(client) {
    this.waiting = this.waiting.filter((waiting) => waiting.client !== client);
    this.#refusals = 0;
    this.#remember();
    this.#next();
  }

  #refuse(frame) {
    if (!this.online) return this.#socket.close(); // the greeting was refused: the file is not open yet
    const deed = this.waiting.find((waiting) => waiting.client === frame.client);
    if (!deed) return;
    this.#tell("refused", { code: frame.code, deed });
    if (frame.code !== "unstored") return this.#settle(frame.client);
    this.#sent = "";
    setTimeout(() => this.#next(), RECONNECT[Math.min(this.#refusals++, RECONNECT.length - 1)]);
  }

  #next() {
    if (!this.online || !this.waiting.length) return;
    const { at: _, ...deed } = this.waiting[0];
    if (this.#sent !== deed.client && this.ask(deed)) this.#sent = deed.client;
  }

  #lose(socket) {
    if (socket !== this.#socket) return;
    clearTimeout(this.#silence);
    this.#socket = null;
    this.online = false;
    this.#tell("offline");
    this.#retry = setTimeout(() => this.connect(), RECONNECT[Math.min(this.#failures++, RECONNECT.length - 1)]);
  }

  #beat() {
    const socket = this.#socket;
    if (!this.ask({ type: "ping" })) return;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#lose(socket);
      socket.close();
    }, PATIENCE);
  }

  #remember() {
    passing("waiting", this.waiting.length ? this.waiting : null);
    this.#tell("waiting");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

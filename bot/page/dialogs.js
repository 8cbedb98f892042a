// The two windows above the page: what to try first, and who opens a link.

import { avatar, el, fresh, icon } from "./dom.js";
import { say } from "./words.js";

const STEPS = ["page-help-1", "page-help-2", "page-help-3", "page-help-4", "page-help-5", "page-help-6"];
const KEYS = ["enter", "newline", "up", "tab", "letters", "escape"];

function dialog(title, ...content) {
  const id = fresh("title");
  const close = () => root.close();
  const root = el(
    "dialog",
    { "aria-labelledby": id, onclose: () => root.remove(), onclick: (event) => event.target === root && close() },
    el(
      "div",
      { class: "sheet" },
      el(
        "div",
        { class: "head" },
        el("h2", { id }, say(title)),
        el(
          "button",
          { type: "button", class: "plain", "aria-label": say("page-close"), title: say("page-close"), onclick: close },
          icon("cross"),
        ),
      ),
      ...content,
    ),
  );
  document.body.append(root);
  root.showModal();
  return root;
}

/** What to try first, and the keys. */
export function help() {
  const rows = KEYS.map((key) =>
    el("div", {}, el("dt", {}, say(`page-help-key-${key}`)), el("dd", {}, say(`page-help-key-${key}-does`))),
  );
  dialog(
    "page-help-title",
    el("p", {}, say("page-help-intro")),
    el("ol", {}, ...STEPS.map((step) => el("li", {}, say(step)))),
    el("h3", {}, say("page-help-keys")),
    el("dl", {}, ...rows),
  );
}

/** Asks who of the cast opens a link; calls `go` with that person. */
export function start(cast, go) {
  const preferred = cast.find((person) => person.role === "newcomer") ?? cast[0];
  const choices = cast.map((person) =>
    el(
      "label",
      { class: "choice" },
      el("input", {
        type: "radio",
        name: "person",
        value: person.id,
        checked: person === preferred,
        autofocus: person === preferred,
      }),
      avatar(person),
      el("span", {}, person.name),
    ),
  );
  const submit = (event) => {
    event.preventDefault();
    root.close();
    go(new FormData(form).get("person"));
  };
  const form = el(
    "form",
    { onsubmit: submit },
    el("fieldset", {}, el("legend", {}, say("page-start-text")), ...choices),
    el(
      "div",
      { class: "buttons" },
      el("button", { type: "button", onclick: () => root.close() }, say("page-cancel")),
      el("button", { type: "submit", class: "primary" }, say("page-start-go")),
    ),
  );
  const root = dialog("page-start-title", form);
}

// Keeps the page as the node sees it now: the server sends parts of the page again when they change.

import { patchChildren } from "./patch.js";

const indicator = document.getElementById("live");
const indicatorText = document.getElementById("live-text");
const names = { on: "Live", wait: "Connecting again", off: "Not live", rest: "Resting" };
const firstRetry = 1000, lastRetry = 30000;
let source = null;
let retry = firstRetry;
let timer = 0;

function show(state) {
  indicator.dataset.state = state;
  indicatorText.textContent = names[state];
}

function replacePart(message) {
  const part = JSON.parse(message.data);
  const element = document.getElementById(part.id);
  if (!element) return;
  const template = document.createElement("template");
  template.innerHTML = part.html;
  patchChildren(element, template.content);
}

function connect() {
  clearTimeout(timer);
  if (source) source.close();
  source = new EventSource("live");
  source.addEventListener("open", () => { retry = firstRetry; show("on"); });
  source.addEventListener("part", replacePart);
  source.addEventListener("error", () => {
    source.close();
    source = null;
    show("wait");
    timer = setTimeout(connect, retry);
    retry = Math.min(2 * retry, lastRetry);
  });
}

function rest() {
  clearTimeout(timer);
  if (source) source.close();
  source = null;
  show("rest");
}

// A hidden page rests: browsers open few connections to one server.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) rest();
  else connect();
});
window.addEventListener("pagehide", rest);
connect();

// Keeps the page as the node sees it now: the server sends parts of the page again when they change.
"use strict";

(() => {
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

  // patch makes the node from look like the node to. What stays the same is left alone, so that focus, selection, scrolling and opened
  // details stay as the reader has them.
  function patch(from, to) {
    if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) {
      from.replaceWith(document.importNode(to, true));
      return;
    }
    if (from.nodeType !== Node.ELEMENT_NODE) {
      if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
      return;
    }
    patchAttributes(from, to);
    patchChildren(from, to);
  }

  function patchAttributes(from, to) {
    for (const { name } of [...from.attributes]) {
      if (!to.hasAttribute(name) && name !== "open") from.removeAttribute(name);
    }
    for (const { name, value } of to.attributes) {
      if (from.getAttribute(name) !== value) from.setAttribute(name, value);
    }
  }

  function patchChildren(from, to) {
    const wanted = [...to.childNodes];
    const present = [...from.childNodes];
    wanted.forEach((child, i) => {
      if (i < present.length) patch(present[i], child);
      else from.appendChild(document.importNode(child, true));
    });
    present.slice(wanted.length).forEach((child) => child.remove());
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
})();

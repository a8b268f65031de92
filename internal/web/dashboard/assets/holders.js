// Keeps the page for holders as the newest block has it, and copies addresses and functions.

import { patchChildren } from "./patch.js";

const interval = 12000; // a slot
const indicator = document.getElementById("live");
const indicatorText = document.getElementById("live-text");
const names = { on: "Live", wait: "Connecting again", rest: "Resting" };
let timer = 0;

document.documentElement.classList.add("scripts");

function show(state) {
  indicator.dataset.state = state;
  indicatorText.textContent = names[state];
}

// refresh also shows what the node says when it cannot read the contracts.
async function refresh() {
  clearTimeout(timer);
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["main", "nav"]) {
      const fresh = page.querySelector(part);
      if (!fresh) throw new Error("no page");
      patchChildren(document.querySelector(part), fresh);
    }
    show("on");
  } catch {
    show("wait");
  }
  if (!document.hidden) timer = setTimeout(refresh, interval);
}

// Without a secure address browsers let no page copy: then the text is selected for the keyboard.
async function copy(button) {
  const text = button.dataset.copy;
  let said = "Copied";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);
    said = "Selected";
  }
  button.textContent = said;
  document.getElementById("copied").textContent = `${said}: ${text}`;
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".copy");
  if (button) copy(button);
});
document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  if (document.hidden) show("rest");
  else refresh();
});
window.addEventListener("pagehide", () => clearTimeout(timer));
show("on");
timer = setTimeout(refresh, interval);

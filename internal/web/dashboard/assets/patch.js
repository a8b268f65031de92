// Changes what is shown into what it should be, for the scripts of each page.

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

export function patchChildren(from, to) {
  const wanted = [...to.childNodes];
  const present = [...from.childNodes];
  wanted.forEach((child, i) => {
    if (i < present.length) patch(present[i], child);
    else from.appendChild(document.importNode(child, true));
  });
  present.slice(wanted.length).forEach((child) => child.remove());
}

// Judges the page as it is shown now; its value is a list of faults, a sentence each.
(() => {
  const faults = [];
  const fault = (element, text) => faults.push(`${element.outerHTML.slice(0, 100)}: ${text}`);
  const visible = (e) => e.checkVisibility() && e.getClientRects().length > 0;

  // Structure
  if (!document.documentElement.lang) faults.push("the page does not say its language");
  if (!document.title) faults.push("the page has no title");
  for (const name of ["main", "header", "nav", "footer", "h1"]) {
    if (document.querySelectorAll(name).length !== 1) faults.push(`there must be one ${name}`);
  }
  const known = new Set();
  for (const { id } of document.querySelectorAll("[id]")) {
    if (known.has(id)) faults.push(`the id ${id} is used twice`);
    known.add(id);
  }
  for (const attribute of ["aria-labelledby", "aria-describedby"]) {
    for (const e of document.querySelectorAll(`[${attribute}]`)) {
      if (!known.has(e.getAttribute(attribute))) fault(e, `${attribute} points to nothing`);
    }
  }
  for (const e of document.querySelectorAll("a[href^='#'], use")) {
    if (!known.has((e.getAttribute("href")).slice(1))) fault(e, "the link points to nothing");
  }
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const now = Number(heading.localName[1]);
    if (now > level + 1) fault(heading, "the heading skips a level");
    level = now;
  }

  // Names
  for (const image of document.images) {
    if (!image.hasAttribute("alt")) fault(image, "the image has no alternative text");
    if (!image.width || !image.height) fault(image, "the image has no size");
  }
  for (const picture of document.querySelectorAll("svg")) {
    const hidden = picture.closest("[aria-hidden=true]");
    if (!hidden && !(picture.getAttribute("role") === "img" && picture.getAttribute("aria-label"))) fault(picture, "a picture without a description");
  }
  for (const e of document.querySelectorAll("a, button, summary, [tabindex='0'], input, select")) {
    if (!(e.textContent.trim() || e.getAttribute("aria-label"))) fault(e, "it has no name");
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption || !table.caption.textContent.trim()) fault(table, "the table has no caption");
    for (const cell of table.querySelectorAll("th")) {
      if (!cell.scope) fault(cell, "the heading of a table has no scope");
    }
  }
  for (const e of document.querySelectorAll(".scroll")) {
    if (e.tabIndex !== 0 || e.getAttribute("role") !== "region") fault(e, "what scrolls cannot be reached with the keyboard");
  }
  if (!document.querySelector("[role=status]")) faults.push("nothing tells a screen reader of changes");

  // Contrast
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const channels = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { r, g, b, a: a / 255 };
  };
  const over = (front, back) => {
    const mix = (f, b) => f * front.a + b * (1 - front.a);
    return { r: mix(front.r, back.r), g: mix(front.g, back.g), b: mix(front.b, back.b), a: 1 };
  };
  const ground = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) layers.push(channels(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), { r: 255, g: 255, b: 255, a: 1 });
  };
  const luminance = ({ r, g, b }) => {
    const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  window.judgedTexts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.nodeValue.trim() || ["SCRIPT", "NOSCRIPT"].includes(e.nodeName) || !visible(e)) continue;
    window.judgedTexts++;
    const style = getComputedStyle(e);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const back = ground(e);
    const ratio = contrast(over(channels(style.color), back), back);
    if (ratio < (large ? 3 : 4.5)) fault(e, `the text's contrast is ${ratio.toFixed(2)}`);
    if (size < 12) fault(e, `the text is ${size} pixels high`);
  }
  for (const shape of document.querySelectorAll("svg rect, svg path, svg circle")) {
    if (shape.closest("symbol") || !visible(shape)) continue;
    const style = getComputedStyle(shape);
    const paint = style.fill !== "none" ? style.fill : style.stroke;
    const back = ground(shape.ownerSVGElement.parentElement);
    const front = channels(paint);
    front.a *= Number(style.opacity);
    const ratio = contrast(over(front, back), back);
    if (ratio < 3) fault(shape, `the shape's contrast is ${ratio.toFixed(2)}`);
  }
  for (const sign of document.querySelectorAll(".sign, .mark")) {
    if (!visible(sign)) continue;
    const ratio = contrast(channels(getComputedStyle(sign).color), ground(sign));
    if (ratio < 3) fault(sign, `the sign's contrast is ${ratio.toFixed(2)}`);
  }
  return faults;
})()

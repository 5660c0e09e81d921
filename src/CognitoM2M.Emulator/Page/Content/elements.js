// Creates elements. Texts become text nodes and never markup.

export function element(name, properties = {}, ...children) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) {
      created.addEventListener(key.slice(2), value);
    } else if (value === true) {
      created.setAttribute(key, "");
    } else if (value !== false && value !== null && value !== undefined) {
      created.setAttribute(key, value);
    }
  }
  created.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
  return created;
}

export const byId = id => document.getElementById(id);

// Screen readers speak a status again whenever its text is set.
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

// Replaces the children, and keeps the focus on the element with the same id.
export function replaceChildren(parent, children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.id : "";
  parent.replaceChildren(...children);
  if (focused) {
    byId(focused)?.focus();
  }
}

const whole = new Intl.NumberFormat("en-US");
const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

export const formatNumber = number => whole.format(number);
export const formatUsd = number => money.format(number);

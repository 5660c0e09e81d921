import { byId } from "./elements.js";

// The header proves that the request is of this page: a page of another origin cannot send it.
export async function act(name, input = {}, signal = undefined) {
  const response = await fetch(`/_emulator/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Emulator-Page": "1" },
    body: JSON.stringify(input),
    cache: "no-store",
    signal,
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(readMessage(text) ?? `The emulator answered with status ${response.status}.`);
  }
  return JSON.parse(text);
}

// Tells screen readers what an action has done. Other users see the change on the page.
export function say(text) {
  byId("done").textContent = text;
}

// For event handlers: shows the error of an action to the user.
export function attempt(action) {
  return async event => {
    byId("message").textContent = "";
    say("");
    try {
      await action(event);
    } catch (error) {
      if (error.name !== "AbortError") {
        byId("message").textContent = error instanceof TypeError ? "The emulator cannot be reached." : error.message;
      }
    }
  };
}

function readMessage(text) {
  try {
    return JSON.parse(text).message;
  } catch {
    return undefined;
  }
}

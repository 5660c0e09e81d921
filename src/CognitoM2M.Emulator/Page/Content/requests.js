import { act, attempt, say } from "./actions.js";
import { byId, element } from "./elements.js";

const maxRows = 100;
const body = byId("log").tBodies[0];
const pause = byId("pause");
let names = new Map();
let waiting = [];
let isPaused = false;

export function nameClients(clients) {
  const changed = clients.some(client => names.get(client.id) !== client.name);
  names = new Map(clients.map(client => [client.id, client.name]));
  if (changed) {
    for (const cell of body.querySelectorAll("[data-client]")) {
      cell.textContent = names.get(cell.dataset.client) ?? cell.dataset.client;
    }
  }
}

export function addRequests(requests) {
  waiting.push(...requests);
  waiting = waiting.slice(-maxRows);
  if (!isPaused) {
    show();
  }
}

// Drops the requests up to a number.
export function dropRequests(upTo) {
  waiting = waiting.filter(request => request.number > upTo);
  for (const row of [...body.rows].filter(row => Number(row.dataset.number) <= upTo)) {
    row.remove();
  }
}

function show() {
  body.prepend(...waiting.reverse().map(createRow));
  waiting = [];
  while (body.rows.length > maxRows) {
    body.rows[maxRows].remove();
  }
}

function createRow(request) {
  const isGood = request.status === 200;
  return element("tr", { "data-number": request.number, class: isGood ? null : "bad" },
    element("td", {}, formatTime(request.arrivedAt)),
    createClient(request),
    element("td", {}, `${request.status ?? "no response"}${request.error ? ` ${request.error}` : ""}`),
    element("td", { class: "number" }, `${request.milliseconds} ms`),
    element("td", { class: "scopes" }, request.scopes),
    element("td", {}, request.route));
}

function createClient(request) {
  if (request.clientId) {
    return element("td", { "data-client": request.clientId }, names.get(request.clientId) ?? request.clientId);
  }
  return element("td", {}, request.unknownClientId ? `unknown: ${request.unknownClientId}` : "no client id");
}

function formatTime(milliseconds) {
  const time = new Date(milliseconds);
  return `${time.toLocaleTimeString("en-GB")}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}

pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.setAttribute("aria-pressed", String(isPaused));
  if (!isPaused) {
    show();
  }
});

byId("clear").addEventListener("click", attempt(async () => {
  await act("clear");
  say("All earlier requests were removed from the list.");
}));

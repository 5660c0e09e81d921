import { byId, element, formatNumber, formatUsd, setText } from "./elements.js";

export function showActivity(activity, tokenEndpoint) {
  setText(byId("window"), `${activity.windowMinutes}`);
  setText(byId("explanation"), explain(activity));
  byId("activity").tBodies[0].replaceChildren(...activity.clients.map(createRow));

  const tooMany = activity.clients.filter(client => client.tooMany);
  setText(byId("finding"), summarize(activity.clients, tooMany, tokenEndpoint));
  setText(byId("finding-detail"), tooMany.map(describe).join(" "));
  byId("finding-box").className = tooMany.length > 0 ? "finding bad" : activity.clients.length > 0 ? "finding good" : "finding";
}

// The text has no figures, because a screen reader would speak the text at each change of a figure.
function summarize(clients, tooMany, tokenEndpoint) {
  if (tooMany.length > 0) {
    return tooMany.map(client => `${client.name ?? client.clientId} asks for too many tokens.`).join(" ");
  }
  return clients.length > 0 ? "No app client asks for too many tokens." : `No token request yet. Services get tokens at ${tokenEndpoint}.`;
}

const describe = client =>
  `${client.name ?? client.clientId}: ${formatNumber(client.unneeded)} of ${formatNumber(client.issued)} tokens were not needed, because an earlier token ` +
  `was still good. A month at this rate costs ${formatUsd(client.monthlyUsd)}, and ${formatUsd(client.renewalsUsd)} if the service keeps its tokens.`;

const explain = activity =>
  `A token is not needed if the app client had been given one for the same scopes that had more than half of its lifetime left. Costs of Cognito: ` +
  `$${activity.usdPerRequest} for a token request (${activity.pricesAsOf}), renewals at 80 % of the lifetime.`;

function createRow(client) {
  const name = client.clientId === null ? "Unknown app clients" : client.name ?? "Deleted app client";
  return element("tr", { class: client.tooMany ? "bad" : null },
    element("th", { scope: "row" }, name, client.clientId ? element("code", {}, client.clientId) : null),
    element("td", {}, createFinding(client)),
    element("td", { class: "number" }, formatNumber(client.requests)),
    element("td", { class: "number" }, formatNumber(client.unneeded)),
    element("td", { class: "number" }, formatNumber(client.failed), client.lastError ? element("small", {}, client.lastError) : null),
    createCost(client.monthlyRequests, client.monthlyUsd),
    createCost(client.renewals, client.renewalsUsd));
}

function createFinding(client) {
  if (client.tooMany) {
    return element("span", { class: "badge bad" }, "✗ Too many");
  }
  return client.renewals > 0 ? element("span", { class: "badge good" }, "✓ Fine") : element("span", { class: "badge" }, "No token");
}

const createCost = (requests, usd) =>
  element("td", { class: "number" }, formatUsd(usd), element("small", {}, `${formatNumber(requests)} requests`));

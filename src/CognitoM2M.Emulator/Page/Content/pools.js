import { act, attempt, say } from "./actions.js";
import { byId, element, replaceChildren } from "./elements.js";
import { issueToken } from "./token.js";

// Secrets that were asked for, by client id. They leave the page when they are hidden or the page is closed.
const shownSecrets = new Map();
// The user pools whose former keys are to be withdrawn at the next rotation.
const withdrawing = new Set();
let lastPools = [];
let last = "";

export function showPools(pools) {
  const current = JSON.stringify(pools);
  if (current !== last) {
    last = current;
    lastPools = pools;
    render();
  }
}

function render() {
  const closed = new Set([...byId("pool-list").querySelectorAll("details:not([open])")].map(details => details.id));
  replaceChildren(byId("pool-list"), lastPools.length > 0
    ? lastPools.map(pool => createPool(pool, !closed.has(`pool-${pool.id}`)))
    : [element("p", { class: "hint" }, "There is no user pool yet.")]);
}

const createPool = (pool, open) => element("details", { id: `pool-${pool.id}`, open },
  element("summary", {}, `${pool.name} `, element("code", {}, pool.id)),
  element("dl", {},
    describe("Issuer", element("code", {}, pool.issuer)),
    describe("Key set", element("a", { href: pool.jwksUri }, pool.jwksUri)),
    describe("Domains", pool.domains.length > 0 ? pool.domains.join(", ") : "none"),
    describe("Scopes", createScopes(pool.scopes)),
    describe("Signing keys", createKeys(pool))),
  createClients(pool));

const describe = (name, ...content) => [element("dt", {}, name), element("dd", {}, ...content)];

const createScopes = servers => servers.length === 0 ? "none" : element("ul", {}, servers.map(server =>
  element("li", {}, server.names.length > 0 ? server.names.map(name => `${server.resourceServer}/${name}`).join(", ") : `${server.resourceServer}: no scope`)));

function createKeys(pool) {
  const withdraw = element("input", {
    type: "checkbox",
    id: `withdraw-${pool.id}`,
    checked: withdrawing.has(pool.id),
    onchange: () => withdraw.checked ? withdrawing.add(pool.id) : withdrawing.delete(pool.id),
  });
  const { accessTokens, idTokens, former } = pool.keys;
  return [
    element("ul", {},
      element("li", {}, "access tokens: ", accessTokens ? element("code", {}, accessTokens) : "created at the first token"),
      idTokens ? element("li", {}, "ID tokens: ", element("code", {}, idTokens)) : null,
      former.map(key => element("li", {}, "former: ", element("code", {}, key)))),
    element("div", { class: "bar" },
      element("button", {
        type: "button",
        id: `rotate-${pool.id}`,
        "aria-label": `Rotate the key of ${pool.name}`,
        onclick: attempt(async () => {
          await act("rotate", { userPoolId: pool.id, withdrawOldKeys: withdrawing.has(pool.id) });
          say(`The key of ${pool.name} was rotated.`);
        }),
      }, "Rotate the key"),
      element("label", {}, withdraw, " withdraw the former keys: their tokens become invalid")),
  ];
}

const createClients = pool => pool.clients.length === 0
  ? element("p", { class: "hint" }, "There is no app client yet.")
  : element("div", { class: "scroll", role: "region", "aria-label": `App clients of ${pool.name}`, tabindex: "0" },
    element("table", {},
      element("caption", {}, "App clients"),
      element("thead", {}, element("tr", {},
        ["Name", "Client id", "Secret", "Token", "Lifetime", "Scopes", "Flows"].map(title => element("th", { scope: "col" }, title)))),
      element("tbody", {}, pool.clients.map(createClient))));

const createClient = client => element("tr", {},
  element("th", { scope: "row" }, client.name),
  element("td", {}, element("code", {}, client.id)),
  element("td", {}, createSecret(client)),
  element("td", {}, element("button", {
    type: "button",
    id: `issue-${client.id}`,
    disabled: client.secrets === 0,
    "aria-label": `Issue a token to ${client.name}`,
    onclick: attempt(async () => {
      await issueToken(client.id);
      byId("token-title").scrollIntoView();
    }),
  }, "Issue")),
  element("td", {}, client.lifetime),
  element("td", { class: "scopes" }, client.scopes.join(" ")),
  element("td", {}, client.flows.map(flow => element("div", {}, flow))));

function createSecret(client) {
  if (client.secrets === 0) {
    return "none";
  }

  const shown = shownSecrets.get(client.id);
  return [
    (shown ?? []).map(secret => element("code", { class: "secret" }, secret)),
    element("button", {
      type: "button",
      id: `secret-${client.id}`,
      "aria-label": `${shown ? "Hide" : "Show"} the secret of ${client.name}`,
      onclick: attempt(async () => {
        if (shown) {
          shownSecrets.delete(client.id);
        } else {
          shownSecrets.set(client.id, (await act("secrets", { clientId: client.id })).secrets);
        }
        render();
      }),
    }, shown ? "Hide" : "Show"),
  ];
}

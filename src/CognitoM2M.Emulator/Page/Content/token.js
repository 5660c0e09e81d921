import { act, attempt } from "./actions.js";
import { byId, element, replaceChildren, setText } from "./elements.js";

const next = byId("token-next");
let waiting = null;
let lastClients = "";

// Offers the app clients that can get a token for themselves.
export function showTokenClients(pools) {
  const clients = pools.flatMap(pool => pool.clients.filter(client => client.secrets > 0).map(client => ({ ...client, pool: pool.name })));
  const known = JSON.stringify(clients);
  if (known === lastClients) {
    return;
  }

  lastClients = known;
  const select = byId("token-client");
  const chosen = select.value;
  replaceChildren(select, clients.map(client =>
    element("option", { value: client.id, selected: client.id === chosen }, `${client.name} (${client.pool})`)));
  byId("token-issue").disabled = clients.length === 0;
}

export async function issueToken(clientId) {
  showJudgement(await act("token/issue", { clientId }));
}

function showJudgement(judgement) {
  if (judgement.token) {
    byId("token-text").value = judgement.token;
  }
  setText(byId("verdict"), judgement.valid ? "✓ An API accepts this token." : "✗ An API rejects this token.");
  byId("verdict").className = judgement.valid ? "good" : "bad";
  byId("findings").replaceChildren(...judgement.findings.map(finding =>
    element("li", { class: finding.outcome },
      element("b", {}, `${{ pass: "✓", fail: "✗", note: "•" }[finding.outcome]} ${finding.check}`), ` ${finding.text}`)));
  byId("token-header").textContent = judgement.header ? JSON.stringify(judgement.header, null, 2) : "";
  byId("token-claims").textContent = judgement.claims ? JSON.stringify(judgement.claims, null, 2) : "";
  byId("token-result").hidden = false;
}

function stopWaiting() {
  waiting?.abort();
  waiting = null;
  next.setAttribute("aria-pressed", "false");
}

byId("token-form").addEventListener("submit", event => {
  event.preventDefault();
  attempt(async () => showJudgement(await act("token/check", { token: byId("token-text").value })))();
});

byId("token-issue").addEventListener("click", attempt(() => issueToken(byId("token-client").value)));

next.addEventListener("click", attempt(async () => {
  if (waiting !== null) {
    setText(byId("verdict"), "");
    stopWaiting();
    return;
  }

  waiting = new AbortController();
  next.setAttribute("aria-pressed", "true");
  byId("verdict").className = "";
  setText(byId("verdict"), "Waiting for the next token.");
  try {
    showJudgement(await act("token/next", {}, waiting.signal));
  } finally {
    stopWaiting();
  }
}));

import { showActivity } from "./activity.js";
import { byId, setText } from "./elements.js";
import { showFaults } from "./faults.js";
import { showPools } from "./pools.js";
import { addRequests, dropRequests, nameClients } from "./requests.js";
import { showTokenClients } from "./token.js";

const events = new EventSource("/_emulator/events");

// The browser connects again by itself. The emulator then sends everything anew.
events.addEventListener("open", () => {
  setText(byId("connection"), "Live");
  byId("connection").className = "live";
  dropRequests(Infinity);
});
events.addEventListener("error", () => {
  setText(byId("connection"), "The emulator cannot be reached. Trying again.");
  byId("connection").className = "lost";
});
events.addEventListener("state", event => {
  const state = JSON.parse(event.data);
  setText(byId("where"), `${state.region} at ${state.address}`);
  dropRequests(state.clearedUpTo);
  nameClients(state.pools.flatMap(pool => pool.clients));
  showActivity(state.activity, state.tokenEndpoint);
  showTokenClients(state.pools);
  showFaults(state.faults);
  showPools(state.pools);
});
events.addEventListener("requests", event => addRequests(JSON.parse(event.data).requests));

import { act, attempt, say } from "./actions.js";
import { byId, element, replaceChildren } from "./elements.js";

let last = "";

export function showFaults(faults) {
  const current = JSON.stringify(faults);
  if (current === last) {
    return;
  }

  last = current;
  const chosen = new Map([...byId("fault-rows").querySelectorAll("select")].map(select => [select.id, select.value]));
  replaceChildren(byId("fault-rows"), faults.targets.map(target => createRow(target, faults.choices, chosen.get(`fault-${target.name}`))));
}

function createRow(target, choices, chosen) {
  const select = element("select", { id: `fault-${target.name}`, "aria-label": `Fault of ${target.text}` },
    choices.map(choice => element("option", { value: choice.name, selected: choice.name === chosen }, choice.text)));
  return element("div", { class: target.fault ? "fault on" : "fault" },
    element("b", {}, target.text),
    element("span", { class: "now" }, target.fault ? `On: ${target.fault}` : "Off"),
    select,
    element("button", {
      type: "button",
      id: `fault-on-${target.name}`,
      "aria-label": `Switch on the fault of ${target.text}`,
      onclick: attempt(async () => {
        await act("fault", { target: target.name, fault: select.value });
        say(`The fault of ${target.text} is on.`);
      }),
    }, "Switch on"),
    element("button", {
      type: "button",
      id: `fault-off-${target.name}`,
      disabled: !target.fault,
      "aria-label": `Switch off the fault of ${target.text}`,
      onclick: attempt(async () => {
        await act("fault", { target: target.name });
        say(`The fault of ${target.text} is off.`);
      }),
    }, "Switch off"));
}

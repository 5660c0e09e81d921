// Compares the members of Cognito's requests in the AWS SDK with the list that the tests of the emulator class. Usage: members.mjs [--write]
// After an update of the SDK: run it with --write, and class the new members in the shapes of the emulator.
import { readFileSync, writeFileSync } from 'node:fs';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';

const [LIST, MAP, STRUCTURE] = [1, 2, 3];
const file = new URL('../CognitoM2M.Emulator.Tests/Operations/cognito-members.txt', import.meta.url);

// A reference to a schema is a function, and may stand in a list with traits behind it.
function resolve(reference) {
  const inner = Array.isArray(reference) && typeof reference[0] === 'function' ? reference[0] : reference;
  return typeof inner === 'function' ? inner() : inner;
}

function listPaths(schema, prefix) {
  const [, , , , names, members] = schema;
  return names.flatMap((name, i) => {
    let member = resolve(members[i]);
    while (Array.isArray(member) && (member[0] === LIST || member[0] === MAP)) member = resolve(member[member[0] === LIST ? 4 : 5]);
    return Array.isArray(member) && member[0] === STRUCTURE ? listPaths(member, `${prefix}${name}.`) : [`${prefix}${name}`];
  });
}

const known = readFileSync(file, 'utf8');
const operations = known.trim().split('\n').map((line) => line.split(':')[0]);
const present = operations
  .map((operation) => `${operation}: ${listPaths(sdk[`${operation}Request$`], '').sort().join(' ')}\n`)
  .join('');
if (process.argv.includes('--write')) {
  writeFileSync(file, present);
} else if (present !== known) {
  console.error('FAIL the AWS SDK has other members than cognito-members.txt; run members.mjs --write');
  process.exit(1);
}
console.log('ok   the members of all requests are those of the AWS SDK');

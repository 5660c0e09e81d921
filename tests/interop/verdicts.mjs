// Compares CognitoM2M.Verification with aws-jwt-verify and jose, token by token. Usage: node verdicts.mjs TABLE.json
// A test of CognitoM2M.Verification.Tests writes the table; see run.sh. For each token:
// - if we accept it, both others accept it;
// - if both others accept it, we accept it, unless the table says why we are stricter;
// - each of the others gives the verdict that the table records, so the table lists every disagreement.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';

const file = process.argv[2];
if (!file) {
  console.error(`usage: ${process.argv[1]} TABLE.json`);
  process.exit(2);
}

const realNow = Date.now;
let failures = 0;

function awsJwtVerify({ token, pools, anyOfScopes, allOfScopes, toleranceSeconds }) {
  const verifier = CognitoJwtVerifier.create(pools.map(({ userPoolId, clientIds }) => ({
    userPoolId,
    tokenUse: 'access',
    clientId: clientIds,
    graceSeconds: toleranceSeconds,
  })));
  for (const { userPoolId, keySet } of pools) {
    verifier.cacheJwks(JSON.parse(keySet), userPoolId);
  }
  verifier.verifySync(token);
  if (anyOfScopes.length > 0) {
    verifier.verifySync(token, { scope: anyOfScopes });
  }
  for (const scope of allOfScopes) {
    verifier.verifySync(token, { scope });
  }
}

async function jose({ token, pools, anyOfScopes, allOfScopes, toleranceSeconds, nowMilliseconds }) {
  const { iss } = decodeJwt(token);
  const issuersOf = ({ userPoolId }) => ['', 'issuer-'].map((form) =>
    `https://${form}cognito-idp.${userPoolId.split('_')[0]}.amazonaws.com/${userPoolId}`);
  const pool = pools.find((candidate) => issuersOf(candidate).includes(iss));
  assert.ok(pool, 'issuer');
  const { payload } = await jwtVerify(token, createLocalJWKSet(JSON.parse(pool.keySet)), {
    issuer: issuersOf(pool),
    algorithms: ['RS256'],
    clockTolerance: toleranceSeconds,
    currentDate: new Date(nowMilliseconds),
  });
  const scopes = allOfScopes.length + anyOfScopes.length > 0 ? payload.scope.split(' ') : [];
  assert.equal(payload.token_use, 'access');
  assert.equal(typeof payload.client_id, 'string');
  assert.ok(pool.clientIds === null || pool.clientIds.includes(payload.client_id), 'client_id');
  assert.ok(allOfScopes.every((scope) => scopes.includes(scope)), 'scope');
  assert.ok(anyOfScopes.length === 0 || anyOfScopes.some((scope) => scopes.includes(scope)), 'scope');
}

async function verdictOf(judge, verdict) {
  Date.now = () => verdict.nowMilliseconds;
  try {
    await judge(verdict);
    return ['accepts'];
  } catch (error) {
    return ['rejects', error.message.split('\n')[0]];
  } finally {
    Date.now = realNow;
  }
}

function fail(verdict, message) {
  failures++;
  console.error(`FAIL ${verdict.name}: ${message}`);
}

const table = JSON.parse(readFileSync(file, 'utf8'));
assert.ok(table.length > 300, 'the table is too short');

for (const group of new Set(table.map((verdict) => verdict.group))) {
  const verdicts = table.filter((verdict) => verdict.group === group);
  const before = failures;
  const stricter = new Set();
  for (const verdict of verdicts) {
    const [aws, awsError] = await verdictOf(awsJwtVerify, verdict);
    const [other, otherError] = await verdictOf(jose, verdict);
    if (verdict.ours === 'accepts' && (aws === 'rejects' || other === 'rejects')) {
      fail(verdict, `we accept it, but aws-jwt-verify ${aws} and jose ${other}`);
    }
    if (verdict.ours === 'rejects' && aws === 'accepts' && other === 'accepts' && !(verdict.awsJwtVerifyDiffers && verdict.joseDiffers)) {
      fail(verdict, `we reject it (${verdict.reason}), but both others accept it`);
    }
    if (aws !== verdict.awsJwtVerify) {
      fail(verdict, `aws-jwt-verify ${aws}, but the table says otherwise: ${awsError ?? ''}`);
    }
    if (other !== verdict.jose) {
      fail(verdict, `jose ${other}, but the table says otherwise: ${otherError ?? ''}`);
    }
    if (aws !== verdict.ours || other !== verdict.ours) {
      stricter.add(verdict.name);
    }
  }
  if (failures === before) {
    console.log(`ok   ${group}: ${verdicts.length} verdicts, ${verdicts.length - stricter.size} equal to aws-jwt-verify and jose, ${stricter.size} stricter for a stated reason`);
  }
}

process.exit(failures === 0 ? 0 : 1);

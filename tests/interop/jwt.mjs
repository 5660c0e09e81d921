// Verifies tokens with aws-jwt-verify and jose. Usage: node jwt.mjs BASE_URL
import assert from 'node:assert/strict';
import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { base, check, tokenOf, withPool } from './pool.mjs';

await withPool(async (pool, client) => {
  const { issuer, jwks_uri: jwksUri } = await (await fetch(`${base}/${pool.Id}/.well-known/openid-configuration`)).json();
  const jwks = await (await fetch(jwksUri)).json();
  const token = await tokenOf(client, 'orders/read');

  await check('the key set has one key for access tokens and one for id tokens', () => {
    assert.equal(jwks.keys.length, 2);
    assert.ok(jwks.keys.every((key) => key.kty === 'RSA' && key.alg === 'RS256' && key.use === 'sig' && key.kid));
  });

  if (issuer.startsWith('https://')) {
    const expected = { tokenUse: 'access', clientId: client.ClientId, scope: 'orders/read' };
    const verifier = CognitoJwtVerifier.create({ userPoolId: pool.Id, ...expected });
    verifier.cacheJwks(jwks);

    await check('aws-jwt-verify accepts a token by pool id', async () => {
      assert.equal((await verifier.verify(token)).sub, client.ClientId);
    });
    await check('aws-jwt-verify rejects a token without the required scope', async () => {
      await assert.rejects(verifier.verify(token, { scope: 'orders/write' }));
    });
  } else {
    const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri });
    verifier.cacheJwks(jwks);

    await check('aws-jwt-verify accepts a token by issuer', async () => {
      assert.equal((await verifier.verify(token)).sub, client.ClientId);
    });
  }

  await check('jose accepts a token with the keys that it downloads', async () => {
    const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(jwksUri)), { issuer, algorithms: ['RS256'] });
    assert.equal(protectedHeader.alg, 'RS256');
    assert.equal(payload.client_id, client.ClientId);
    assert.equal(payload.exp - payload.iat, 3600);
    assert.equal(payload.aud, undefined);
  });
  await check('jose rejects a token that was changed', async () => {
    const [header, , signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ iss: issuer, exp: 4102444800, scope: 'orders/write' })).toString('base64url');
    await assert.rejects(jwtVerify(`${header}.${forged}.${signature}`, createRemoteJWKSet(new URL(jwksUri)), { issuer }));
  });
});

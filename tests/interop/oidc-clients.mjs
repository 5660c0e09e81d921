// Uses OAuth and OpenID Connect clients: discovery and client credentials. Usage: node oidc-clients.mjs BASE_URL
// Needs an emulator with --loopback-issuer, because these clients find every address through the issuer.
import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { ClientCredentials } from 'simple-oauth2';
import { base, check, withPool } from './pool.mjs';

const scope = 'orders/read';
const scopeOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).scope;

await withPool(async (pool, client) => {
  const issuer = new URL(`${base}/${pool.Id}`);

  await check('openid-client discovers and gets a token', async () => {
    const config = await openid.discovery(issuer, client.ClientId, client.ClientSecret, openid.ClientSecretBasic(client.ClientSecret), {
      execute: [openid.allowInsecureRequests],
    });
    const tokens = await openid.clientCredentialsGrant(config, { scope });
    assert.equal(scopeOf(tokens.access_token), scope);
    // expiresIn() counts down in whole seconds, so it may have lost one second already.
    assert.ok([3599, 3600].includes(tokens.expiresIn()), `expires in ${tokens.expiresIn()} s`);
  });

  await check('openid-client reports a wrong secret', async () => {
    const config = await openid.discovery(issuer, client.ClientId, 'wrong_but_well_formed_secret', undefined, {
      execute: [openid.allowInsecureRequests],
    });
    await assert.rejects(openid.clientCredentialsGrant(config, { scope }), (error) => error.error === 'invalid_client');
  });

  for (const [method, authentication] of [
    ['client_secret_basic', oauth.ClientSecretBasic(client.ClientSecret)],
    ['client_secret_post', oauth.ClientSecretPost(client.ClientSecret)],
  ]) {
    await check(`oauth4webapi discovers and gets a token with ${method}`, async () => {
      const insecure = { [oauth.allowInsecureRequests]: true };
      const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
      assert.ok(server.token_endpoint_auth_methods_supported.includes(method));
      const self = { client_id: client.ClientId };
      const response = await oauth.clientCredentialsGrantRequest(server, self, authentication, new URLSearchParams({ scope }), insecure);
      const result = await oauth.processClientCredentialsResponse(server, self, response);
      assert.equal(scopeOf(result.access_token), scope);
    });
  }

  for (const authorizationMethod of ['header', 'body']) {
    await check(`simple-oauth2 gets a token with the secret in the ${authorizationMethod}`, async () => {
      const grant = new ClientCredentials({
        client: { id: client.ClientId, secret: client.ClientSecret },
        auth: { tokenHost: base, tokenPath: '/oauth2/token' },
        options: { authorizationMethod },
      });
      const { token } = await grant.getToken({ scope });
      assert.equal(scopeOf(token.access_token), scope);
      assert.ok(token.expires_at > new Date());
    });
  }
});

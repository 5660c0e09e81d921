// Shared by the JavaScript scripts: prints one line for each check, and creates a user pool with an app client for both token routes.
import assert from 'node:assert/strict';
import {
  CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';

export const base = process.argv[2]?.replace(/\/$/, '');
if (!base) {
  console.error(`usage: ${process.argv[1]} BASE_URL`);
  process.exit(2);
}

export async function check(name, test) {
  try {
    await test();
  } catch (error) {
    console.error(`FAIL ${name}: ${error.stack}`);
    process.exit(1);
  }
  console.log(`ok   ${name}`);
}

export const idp = new CognitoIdentityProviderClient({
  endpoint: base,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'emulator', secretAccessKey: 'emulator' },
  maxAttempts: 1,
});

export async function withPool(use) {
  const { UserPool: pool } = await idp.send(new CreateUserPoolCommand({ PoolName: 'interop' }));
  await idp.send(new CreateResourceServerCommand({
    UserPoolId: pool.Id,
    Identifier: 'orders',
    Name: 'Orders',
    Scopes: ['read', 'write'].map((name) => ({ ScopeName: name, ScopeDescription: name })),
  }));
  const { UserPoolClient: client } = await idp.send(new CreateUserPoolClientCommand({
    UserPoolId: pool.Id,
    ClientName: 'interop',
    GenerateSecret: true,
    ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: ['orders/read', 'orders/write'],
  }));
  await use(pool, client);
  await idp.send(new DeleteUserPoolCommand({ UserPoolId: pool.Id }));
}

export async function tokenOf(client, scope) {
  const response = await fetch(`${base}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client.ClientId,
      client_secret: client.ClientSecret,
      ...(scope && { scope }),
    }),
  });
  assert.equal(response.status, 200);
  return (await response.json()).access_token;
}

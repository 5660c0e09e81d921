// Signs users in: with the AWS SDK (password, refresh, revocation, global sign-out, groups), and with openid-client in place of a web
// application (code flow with PKCE, user info, revocation, sign-out). Usage: node users.mjs BASE_URL
// Needs an emulator with --loopback-issuer.
import assert from 'node:assert/strict';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ListUsersInGroupCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { base, check, idp } from './pool.mjs';

const email = 'ann@example.com';
const password = 'Permanent1!';
const callback = 'http://localhost:3000/callback';

const { UserPool: pool } = await idp.send(new CreateUserPoolCommand({ PoolName: 'users', UsernameAttributes: ['email'] }));
const createClient = async (settings) => (await idp.send(new CreateUserPoolClientCommand({
  UserPoolId: pool.Id,
  ClientName: 'web',
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  ...settings,
}))).UserPoolClient;
const client = await createClient({});
const web = await createClient({
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid', 'email'],
  CallbackURLs: [callback],
  LogoutURLs: ['http://localhost:3000/'],
});

const refused = (error, command) => assert.rejects(idp.send(command), (seen) => {
  assert.equal(seen.name, error);
  return true;
});
const start = (to = client) => new InitiateAuthCommand({
  AuthFlow: 'USER_PASSWORD_AUTH',
  ClientId: to.ClientId,
  AuthParameters: { USERNAME: email, PASSWORD: password },
});
const refresh = (token) => new InitiateAuthCommand({
  AuthFlow: 'REFRESH_TOKEN_AUTH',
  ClientId: client.ClientId,
  AuthParameters: { REFRESH_TOKEN: token },
});
const signIn = async (to) => (await idp.send(start(to))).AuthenticationResult;
const keys = createRemoteJWKSet(new URL(`${base}/${pool.Id}/.well-known/jwks.json`));
const verify = async (token) => (await jwtVerify(token, keys, { issuer: `${base}/${pool.Id}` })).payload;

await check('a user changes the temporary password', async () => {
  await idp.send(new AdminCreateUserCommand({
    UserPoolId: pool.Id,
    Username: email,
    TemporaryPassword: 'Temporary1!',
    MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
  }));
  const challenge = await idp.send(new InitiateAuthCommand({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: client.ClientId,
    AuthParameters: { USERNAME: email, PASSWORD: 'Temporary1!' },
  }));
  assert.equal(challenge.ChallengeName, 'NEW_PASSWORD_REQUIRED');
  const { AuthenticationResult: tokens } = await idp.send(new RespondToAuthChallengeCommand({
    ClientId: client.ClientId,
    ChallengeName: challenge.ChallengeName,
    Session: challenge.Session,
    ChallengeResponses: { USERNAME: email, NEW_PASSWORD: password },
  }));
  assert.equal((await verify(tokens.IdToken)).email, email);
});

await check('tokens name the groups of the user', async () => {
  await idp.send(new CreateGroupCommand({ UserPoolId: pool.Id, GroupName: 'admins', Precedence: 1 }));
  await idp.send(new AdminAddUserToGroupCommand({ UserPoolId: pool.Id, GroupName: 'admins', Username: email }));
  const { Users: members } = await idp.send(new ListUsersInGroupCommand({ UserPoolId: pool.Id, GroupName: 'admins' }));
  assert.equal(members.length, 1);
  const tokens = await signIn();
  for (const token of [tokens.AccessToken, tokens.IdToken]) assert.deepEqual((await verify(token))['cognito:groups'], ['admins']);
});

await check('an administrator signs a user in', async () => {
  const { AuthenticationResult: tokens } = await idp.send(new AdminInitiateAuthCommand({
    UserPoolId: pool.Id,
    ClientId: client.ClientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  }));
  const user = await idp.send(new GetUserCommand({ AccessToken: tokens.AccessToken }));
  assert.equal(user.Username, (await verify(tokens.AccessToken)).sub);
});

await check('a revoked refresh token and its access tokens are refused', async () => {
  const [revoked, other] = [await signIn(), await signIn()];
  await idp.send(refresh(revoked.RefreshToken));
  await idp.send(new RevokeTokenCommand({ ClientId: client.ClientId, Token: revoked.RefreshToken }));
  await refused('NotAuthorizedException', refresh(revoked.RefreshToken));
  await refused('NotAuthorizedException', new GetUserCommand({ AccessToken: revoked.AccessToken }));
  await idp.send(refresh(other.RefreshToken));
});

await check('global sign-outs end all sign-ins', async () => {
  const [first, second] = [await signIn(), await signIn()];
  await idp.send(new GlobalSignOutCommand({ AccessToken: first.AccessToken }));
  await refused('NotAuthorizedException', refresh(second.RefreshToken));
  const third = await signIn();
  await idp.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.Id, Username: email }));
  await refused('NotAuthorizedException', new GetUserCommand({ AccessToken: third.AccessToken }));
});

await check('refresh tokens are rotated', async () => {
  const rotating = await createClient({
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
  });
  const rotate = (token) => new GetTokensFromRefreshTokenCommand({ ClientId: rotating.ClientId, RefreshToken: token });
  const first = await signIn(rotating);
  const { AuthenticationResult: second } = await idp.send(rotate(first.RefreshToken));
  await refused('RefreshTokenReuseException', rotate(first.RefreshToken));
  await idp.send(rotate(second.RefreshToken));
});

await check('wrong passwords lock a user out', async () => {
  await idp.send(new AdminCreateUserCommand({ UserPoolId: pool.Id, Username: 'bob@example.com', MessageAction: 'SUPPRESS' }));
  await idp.send(new AdminSetUserPasswordCommand({ UserPoolId: pool.Id, Username: 'bob@example.com', Password: password, Permanent: true }));
  const messages = [];
  for (let i = 0; i < 6; i++) {
    await idp.send(new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: client.ClientId,
      AuthParameters: { USERNAME: 'bob@example.com', PASSWORD: 'Wrong1!!' },
    })).catch((error) => messages.push(error.message));
  }
  assert.deepEqual([...new Set(messages)], ['Incorrect username or password.', 'Password attempts exceeded']);
});

const config = await openid.discovery(new URL(`${base}/${pool.Id}`), web.ClientId, undefined, openid.None(), {
  execute: [openid.allowInsecureRequests],
});

// Does what a browser does: keeps cookies, fills in the form, follows redirections until the application's own address.
async function browse(address) {
  const cookies = new Map();
  const send = async (to, options = {}) => {
    const headers = { ...options.headers, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const response = await fetch(to, { ...options, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      cookies.set(name, value);
    }
    return response;
  };
  const login = new URL((await send(address)).headers.get('location'), base);
  const form = await (await send(login)).text();
  const unescape = (text) => text.replaceAll('&amp;', '&').replaceAll('&#x2B;', '+').replaceAll('&quot;', '"');
  const fields = Object.fromEntries([...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
    .map(([, name, value]) => [name, unescape(value)]));
  const action = new URL(unescape(/<form method="post" action="([^"]+)">/.exec(form)[1]), base);
  const posted = await send(action, { method: 'POST', body: new URLSearchParams({ ...fields, username: email, password }) });
  return new URL(posted.headers.get('location'));
}

await check('openid-client signs a user in with a code and PKCE', async () => {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
  const result = await browse(openid.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    scope: 'openid email',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  }));
  assert.equal(result.origin + result.pathname, callback);

  const tokens = await openid.authorizationCodeGrant(config, result, { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true });
  assert.equal(tokens.claims().email, email);
  const info = await openid.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
  assert.equal(info.email, email);

  const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token);
  assert.equal((await verify(refreshed.access_token)).username, tokens.claims().sub);
  await openid.tokenRevocation(config, tokens.refresh_token);
  await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token), (error) => error.error === 'invalid_grant');
  await assert.rejects(openid.fetchUserInfo(config, refreshed.access_token, tokens.claims().sub));
  await assert.rejects(
    openid.authorizationCodeGrant(config, result, { pkceCodeVerifier, expectedState, expectedNonce }),
    (error) => error.error === 'invalid_grant',
  );
});

await check('openid-client learns of a refusal', async () => {
  const address = openid.buildAuthorizationUrl(config, { redirect_uri: callback, scope: 'openid phone', state: 'x' });
  const result = new URL((await fetch(address, { redirect: 'manual' })).headers.get('location'));
  await assert.rejects(
    openid.authorizationCodeGrant(config, result, { expectedState: 'x' }),
    (error) => error.error === 'invalid_scope',
  );
});

await check('a sign-out leads to the address of the client only', async () => {
  const logout = (uri) => fetch(`${config.serverMetadata().end_session_endpoint}?${new URLSearchParams({
    client_id: web.ClientId,
    logout_uri: uri,
  })}`, { redirect: 'manual' });
  assert.equal((await logout('http://localhost:3000/')).headers.get('location'), 'http://localhost:3000/');
  assert.equal((await logout('http://evil.example/')).status, 400);
});

await idp.send(new DeleteUserPoolCommand({ UserPoolId: pool.Id }));

// Signs a user of the tool in with the AWS SDK, without AWS credentials. Usage: node technical-user.mjs BASE_URL SETTINGS CLIENT
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CognitoIdentityProviderClient, GetUserCommand, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { base, check } from './pool.mjs';

const name = process.argv[4];
const settings = JSON.parse(readFileSync(process.argv[3], 'utf8')).CognitoM2M.Clients[name];
// As configuration of .NET: an environment variable comes before the file.
for (const setting of ['Username', 'Password']) {
  settings[setting] = process.env[`CognitoM2M__Clients__${name}__${setting}`] ?? settings[setting];
}
const idp = new CognitoIdentityProviderClient({ endpoint: base, region: 'eu-west-1', maxAttempts: 1, credentials: async () => assert.fail('The request is signed.') });

const signIn = (password) => idp.send(new InitiateAuthCommand({
  ClientId: settings.ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: {
    USERNAME: settings.Username,
    PASSWORD: password,
    ...(settings.ClientSecret && {
      SECRET_HASH: createHmac('sha256', settings.ClientSecret).update(settings.Username + settings.ClientId).digest('base64'),
    }),
  },
}));

await check(`AWS SDK signs in ${settings.Username.startsWith('cognito-m2m-temp-') ? 'a temporary user' : settings.Username} with the app client '${name}'`, async () => {
  const { AuthenticationResult: tokens } = await signIn(settings.Password);
  const user = await idp.send(new GetUserCommand({ AccessToken: tokens.AccessToken }));
  assert.equal(user.UserAttributes.find((attribute) => attribute.Name === 'email').Value, settings.Username);
});
await check('AWS SDK sees that another password is refused', () => assert.rejects(signIn(`${settings.Password}x`), { name: 'NotAuthorizedException' }));

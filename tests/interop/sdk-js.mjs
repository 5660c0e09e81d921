// Uses the AWS SDK for JavaScript: management, secret rotation, GetClientToken. Usage: node sdk-js.mjs BASE_URL
import assert from 'node:assert/strict';
import {
  AddUserPoolClientSecretCommand,
  DeleteUserPoolClientSecretCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetClientTokenCommand,
  InvalidParameterException,
  LimitExceededException,
  ListUserPoolClientSecretsCommand,
  ListUserPoolClientsCommand,
  NotAuthorizedException,
  ResourceNotFoundException,
  TagResourceCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
  paginateListUserPools,
} from '@aws-sdk/client-cognito-identity-provider';
import { check, idp, tokenOf, withPool } from './pool.mjs';

await withPool(async (pool, client) => {
  const ids = { UserPoolId: pool.Id, ClientId: client.ClientId };
  const send = (command) => idp.send(command);

  await check('a pool is described with its dates', async () => {
    const { UserPool } = await send(new DescribeUserPoolCommand({ UserPoolId: pool.Id }));
    assert.ok(UserPool.CreationDate instanceof Date);
    assert.equal(UserPool.Arn, `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${pool.Id}`);
  });
  await check('pools are paged', async () => {
    const found = [];
    for await (const page of paginateListUserPools({ client: idp, pageSize: 1 }, { MaxResults: 1 })) found.push(...page.UserPools);
    assert.ok(found.some((item) => item.Id === pool.Id));
  });
  await check('settings that older clients do not know can be read again', async () => {
    await send(new UpdateUserPoolCommand({ UserPoolId: pool.Id, IssuerConfiguration: { Type: 'UPDATED' }, UserPoolTags: { a: '1' } }));
    await send(new TagResourceCommand({ ResourceArn: pool.Arn, Tags: { b: '2' } }));
    const { UserPool } = await send(new DescribeUserPoolCommand({ UserPoolId: pool.Id }));
    assert.equal(UserPool.IssuerConfiguration.Type, 'UPDATED');
    assert.deepEqual(UserPool.UserPoolTags, { a: '1', b: '2' });
  });
  await check('describing an unknown domain returns an empty description', async () => {
    assert.deepEqual((await send(new DescribeUserPoolDomainCommand({ Domain: 'nobody-has-this' }))).DomainDescription, {});
  });
  await check('an app client is listed without its secret', async () => {
    const { UserPoolClients } = await send(new ListUserPoolClientsCommand({ UserPoolId: pool.Id, MaxResults: 60 }));
    assert.deepEqual(UserPoolClients, [{ ClientId: client.ClientId, UserPoolId: pool.Id, ClientName: 'interop' }]);
  });

  const clientToken = (secret) => send(new GetClientTokenCommand({ ClientId: client.ClientId, Secret: secret, Scopes: ['orders/read'] }));

  await check('GetClientToken returns a token', async () => {
    const { ClientAuthenticationResult: result } = await clientToken(client.ClientSecret);
    assert.equal(result.ExpiresIn, 3600);
    assert.equal(result.TokenType, 'Bearer');
    assert.equal(JSON.parse(Buffer.from(result.AccessToken.split('.')[1], 'base64url')).scope, 'orders/read');
  });
  await check('a wrong secret is refused', async () => {
    await assert.rejects(clientToken('wrong_but_well_formed_secret'), NotAuthorizedException);
  });
  await check('a secret can be rotated', async () => {
    const { ClientSecretDescriptor: added } = await send(new AddUserPoolClientSecretCommand(ids));
    assert.ok(added.ClientSecretId.startsWith(`${client.ClientId}--`));
    assert.ok(added.ClientSecretCreateDate instanceof Date);
    await clientToken(added.ClientSecretValue);
    await assert.rejects(send(new AddUserPoolClientSecretCommand(ids)), LimitExceededException);

    const { ClientSecrets: [first, second] } = await send(new ListUserPoolClientSecretsCommand(ids));
    assert.equal(first.ClientSecretValue, undefined);
    await send(new DeleteUserPoolClientSecretCommand({ ...ids, ClientSecretId: first.ClientSecretId }));
    await assert.rejects(clientToken(client.ClientSecret), NotAuthorizedException);
    await tokenOf({ ClientId: client.ClientId, ClientSecret: added.ClientSecretValue });
    await assert.rejects(
      send(new DeleteUserPoolClientSecretCommand({ ...ids, ClientSecretId: second.ClientSecretId })),
      InvalidParameterException,
    );
    assert.equal((await send(new DescribeUserPoolClientCommand(ids))).UserPoolClient.ClientSecret, undefined);
  });
  await check('an update resets settings that it does not give', async () => {
    const { UserPoolClient } = await send(new UpdateUserPoolClientCommand({ ...ids, ClientName: 'renamed' }));
    assert.equal(UserPoolClient.AllowedOAuthScopes, undefined);
    assert.deepEqual(
      [...UserPoolClient.ExplicitAuthFlows].sort(),
      ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'],
    );
  });
  await check('a missing pool is not found', async () => {
    await assert.rejects(send(new DescribeUserPoolCommand({ UserPoolId: 'eu-west-1_nowhere00' })), ResourceNotFoundException);
  });
});

using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Inspection;

/// <summary>Reads a domain, the user pool and an app client. What does not exist is part of the answer, not an error.</summary>
internal sealed class SetupInspector(IUserPoolService service)
{
    public async Task<SetupInspection> InspectAsync(InspectionRequest request, CancellationToken cancellationToken)
    {
        var (domain, missingDomainError) = await ReadDomainAsync(request.Domain, cancellationToken).ConfigureAwait(false);
        var found = (request.UserPoolId ?? domain?.UserPoolId) is { } id
            ? await service.FindUserPoolAsync(id, cancellationToken).ConfigureAwait(false)
            : null;

        return new SetupInspection
        {
            Domain = domain,
            MissingDomainError = missingDomainError,
            UserPool = found is null ? null : await ReadUserPoolAsync(found, cancellationToken).ConfigureAwait(false),
            AppClient = found is null || request.ClientId is not { } clientId
                ? null
                : await ReadAppClientAsync(found.Id!, clientId, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<(InspectedDomain? Domain, string? MissingError)> ReadDomainAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is null)
            return (null, null);

        try
        {
            var answer = await service.CallAsync(DomainOperations.Describe, new(name), cancellationToken).ConfigureAwait(false);
            return answer.DomainDescription is { Status: { Length: > 0 } status } found
                ? (new InspectedDomain
                {
                    Name = name,
                    UserPoolId = found.UserPoolId,
                    Status = status,
                    ManagedLoginVersion = found.ManagedLoginVersion,
                    Target = found.CloudFrontDistribution,
                }, null)
                : (null, null);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            return (null, e.ErrorCode);
        }
    }

    private async Task<InspectedUserPool> ReadUserPoolAsync(UserPool pool, CancellationToken cancellationToken)
    {
        var servers = await service.ListResourceServersAsync(pool.Id!, new ProgressReport(listener: null), cancellationToken).ConfigureAwait(false);
        return new InspectedUserPool
        {
            Id = pool.Id!,
            HasUpdatedIssuer = pool.ToProvisioned().HasUpdatedIssuer,
            HasDomain = !string.IsNullOrEmpty(pool.Domain) || !string.IsNullOrEmpty(pool.CustomDomain),
            Scopes = [.. servers.Values.SelectMany(server => (server.Scopes ?? []).Select(scope => $"{server.Identifier}/{scope.ScopeName}"))],
        };
    }

    private async Task<InspectedAppClient?> ReadAppClientAsync(string userPoolId, string clientId, CancellationToken cancellationToken)
    {
        try
        {
            var client = await service.DescribeAppClientAsync(userPoolId, clientId, cancellationToken).ConfigureAwait(false);
            return new InspectedAppClient
            {
                ClientId = clientId,
                IsOAuthEnabled = client.AllowedOAuthFlowsUserPoolClient ?? false,
                OAuthFlows = client.AllowedOAuthFlows ?? [],
                OAuthScopes = client.AllowedOAuthScopes ?? [],
                ExplicitAuthFlows = client.ExplicitAuthFlows,
                ShownSecret = string.IsNullOrEmpty(client.ClientSecret) ? null : client.ClientSecret,
                SecretCount = await CountSecretsAsync(userPoolId, clientId, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            return null;
        }
    }

    /// <summary>Counts the secrets; null if the caller may not list them. The rest of the answer is useful without the number.</summary>
    private async Task<int?> CountSecretsAsync(string userPoolId, string clientId, CancellationToken cancellationToken)
    {
        try
        {
            return (await service.ListSecretsAsync(userPoolId, clientId, cancellationToken).ConfigureAwait(false)).Count;
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.AccessDenied)
        {
            return null;
        }
    }
}

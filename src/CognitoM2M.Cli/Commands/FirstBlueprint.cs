using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The blueprint that <c>init</c> writes: one resource server with two scopes, and one app client.</summary>
internal static class FirstBlueprint
{
    public static Blueprint Create(string schema, string userPoolName, string? domainPrefix) => new()
    {
        Schema = schema,
        UserPool = new UserPoolBlueprint { Name = userPoolName },
        Domain = domainPrefix is null ? null : new DomainBlueprint { Prefix = domainPrefix },
        ResourceServers =
        [
            new ResourceServerBlueprint
            {
                Identifier = "orders",
                Scopes =
                [
                    new ScopeBlueprint { Name = "read", Description = "Read orders" },
                    new ScopeBlueprint { Name = "write", Description = "Place and change orders" },
                ],
            },
        ],
        AppClients =
        [
            new AppClientBlueprint
            {
                Name = "billing",
                Scopes = ["orders/read"],
                Route = domainPrefix is null ? AppClientRoute.GetClientToken : AppClientRoute.OAuth2,
                TokenLifetime = TimeSpan.FromHours(1),
            },
        ],
    };
}

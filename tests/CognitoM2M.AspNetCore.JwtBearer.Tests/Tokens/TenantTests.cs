using System.Net;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Tokens;

/// <summary>Tenants that appear while the API runs. Their tokens are verified twice, as the tokens of user pools in the options are.</summary>
public sealed class TenantTests
{
    private static readonly Pool _tenant = new("us-east-1_NewTenant", "tenant-key");

    [Fact]
    public async Task Token_of_a_tenant_is_accepted_by_both_verifications()
    {
        await using var api = await BearerApi.StartAsync(options: options => options.Verification.FindTenant = (issuer, clientId, _) =>
            Task.FromResult(issuer == _tenant.Issuer ? new TrustedUserPool { UserPoolId = _tenant.Id, ClientIds = [clientId], Jwks = _tenant.KeySet } : null));

        using var ofTenant = await api.GetAsync("/", _tenant.Token());
        using var usual = await api.GetAsync("/", Pool.Usual.Token());
        using var stranger = await api.GetAsync("/", new Pool("us-east-1_Stranger1").Token());

        ofTenant.Is(HttpStatusCode.OK);
        usual.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }
}

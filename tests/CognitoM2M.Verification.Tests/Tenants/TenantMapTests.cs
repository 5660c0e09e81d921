using CognitoM2M.Verification.Tenants;

namespace CognitoM2M.Verification.Tests.Tenants;

/// <summary>The bounded map of tenants alone.</summary>
public sealed class TenantMapTests
{
    private readonly TenantMap<CognitoAccessTokenClaims> _map = new(most: 2);

    [Fact]
    public void Tenant_whose_answer_is_oldest_is_dropped_first()
    {
        Assert.False(_map.Put(Create("a")));
        Assert.False(_map.Put(Create("b")));
        Assert.True(_map.Put(Create("a")));
        Assert.True(_map.Put(Create("c")));

        Assert.Null(_map.Find(Key("b")));
        Assert.Equal(2, _map.Count);
        Assert.Equal(["a", "c"], _map.All.Select(tenant => tenant.Key.ClientId).Order());
    }

    [Fact]
    public void Newer_answer_about_a_tenant_takes_the_place_of_the_older_one()
    {
        var newer = Create("a");
        _map.Put(Create("a"));

        _map.Put(newer);

        Assert.Same(newer, _map.Find(Key("a")));
        Assert.Equal(1, _map.Count);
    }

    [Fact]
    public void Removal_says_whether_the_tenant_was_held()
    {
        _map.Put(Create("a"));

        Assert.True(_map.Remove(Key("a")));
        Assert.False(_map.Remove(Key("a")));
        Assert.Equal(0, _map.Count);
        Assert.Empty(_map.All);
    }

    private static TenantKey Key(string clientId) => new("https://tenant.example/", clientId);

    private static Tenant<CognitoAccessTokenClaims> Create(string clientId) => new(Key(clientId));
}

using CognitoM2M.Lambda.Policies;
using CognitoM2M.Testing;

namespace CognitoM2M.Lambda.Tests.Docs;

/// <summary>The example in docs/design/lambda-policies.md is what the code does.</summary>
public sealed class PoliciesPageTests
{
    private static readonly string _page = Checkout.Read("docs/design/lambda-policies.md");

    private static RouteScopes Routes => new RouteScopes()
        .Require("GET /orders", "s/read")
        .Require("GET /orders/{id}", "s/read")
        .Require("GET /orders/{id}/items", "s/read")
        .Require("GET /orders/{id}/refunds", "s/refund")
        .Require("GET /orders/export", "s/export");

    [Fact]
    public void Table_has_the_patterns_of_the_policy()
    {
        var policy = StagePolicyBuilder.Build(Routes.CreateTable(), rule => rule.IsOpenTo(scope => scope == "s/read"), denyAmbiguousPaths: true);

        Assert.Equal(ReadPatterns("Allow").Order(), policy.Allowed.Order());
        Assert.Equal(ReadPatterns("Deny").Order(), policy.Denied.Order());
        Assert.Empty(policy.Conflicts);
    }

    /// <summary>The patterns in the second column, in the rows of one effect.</summary>
    private static IEnumerable<string> ReadPatterns(string effect) => _page.Split('\n')
        .Where(line => line.StartsWith($"| {effect} |", StringComparison.Ordinal))
        .SelectMany(line => line.Split(" | ")[1].Split('`').Where((_, i) => i % 2 == 1));
}

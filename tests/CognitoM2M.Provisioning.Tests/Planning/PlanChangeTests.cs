namespace CognitoM2M.Provisioning.Tests.Planning;

/// <summary>A difference in one line.</summary>
public sealed class PlanChangeTests
{
    [Theory]
    [InlineData("scope count", null, "count", "scope count: (new)")]
    [InlineData("scope count", "count", null, "scope count: (removed)")]
    [InlineData("scope count", null, "Count orders", "scope count: Count orders")]
    [InlineData("scope count", "Count orders", null, "scope count: Count orders -> (removed)")]
    [InlineData("scope count", "count", "Count orders", "scope count: count -> Count orders")]
    [InlineData("tag count", null, "count", "tag count: count")]
    public void Scope_that_is_described_by_its_name_alone_is_shown_as_new_or_removed(string member, string? before, string? after, string text) =>
        Assert.Equal(text, new PlanChange { Member = member, Before = before, After = after }.ToString());
}

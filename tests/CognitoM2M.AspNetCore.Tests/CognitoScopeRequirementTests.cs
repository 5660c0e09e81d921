using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace CognitoM2M.AspNetCore.Tests;

public sealed class CognitoScopeRequirementTests
{
    public static TheoryData<string?[]?> NoScopes => new([null, [], [""], [" "], [null], ["a/1", ""], ["a/1 b/2"], ["a\"b"], ["a\\b"], ["a\r\nX: y"], ["\u00e9"], ["a/1", null]]);

    [Theory]
    [MemberData(nameof(NoScopes))]
    public void Text_that_is_not_a_scope_is_refused_by_every_method_that_takes_scopes(string?[]? scopes)
    {
        Action[] ways =
        [
            () => CognitoScopeRequirement.AllOf(scopes!),
            () => CognitoScopeRequirement.AnyOf(scopes!),
            () => _ = new RequireCognitoScopeAttribute(scopes!),
            () => _ = new RequireAnyCognitoScopeAttribute(scopes!),
            () => new AuthorizationPolicyBuilder().RequireCognitoScope(scopes!),
            () => new AuthorizationPolicyBuilder().RequireAnyCognitoScope(scopes!),
            () => new SomeEndpoint().RequireCognitoScope(scopes!),
            () => new SomeEndpoint().RequireAnyCognitoScope(scopes!),
        ];

        Assert.All(ways, way => Assert.ThrowsAny<ArgumentException>(way));
    }

    [Fact]
    public void Later_changes_of_the_array_have_no_effect()
    {
        string[] scopes = ["a/1"];
        var requirement = CognitoScopeRequirement.AllOf(scopes);

        scopes[0] = "b/2";

        Assert.Equal(["a/1"], requirement.Scopes);
        Assert.Equal("All of the scopes a/1", requirement.ToString());
    }

    private sealed class SomeEndpoint : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention)
        {
        }
    }
}

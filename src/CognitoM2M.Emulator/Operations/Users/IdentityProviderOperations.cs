using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>The operations on the providers that users sign in with. The emulator keeps them; nobody can sign in with them.</summary>
internal sealed class IdentityProviderOperations(UserPoolDirectory userPools, Paging paging)
{
    private const int MaxPageSize = 60;
    private const string ListName = "ListIdentityProviders";

    private static readonly FrozenSet<string> _notKept = FrozenSet.Create(StringComparer.Ordinal, "UserPoolId", "ProviderName");

    private static readonly StructureShape _byName = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Required("ProviderName", Shape.Text(TextShape.WithLength(1, 32)));

    private static readonly StructureShape _create = new StructureShape()
        .With(_byName)
        .Kept("ProviderType", Shape.OneOf("SAML", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple", "OIDC"), isRequired: true)
        .Kept("ProviderDetails", Shape.SecretMapOf(TextShape.WithLength(0, 131072), TextShape.WithLength(0, 131072)), isRequired: true)
        .Kept("AttributeMapping", Shape.MapOf(TextShape.AttributeName, TextShape.WithLength(0, 131072)))
        .Kept("IdpIdentifiers", Shape.ListOf(Shape.Text(TextShape.WithLength(1, 40)), max: 50))
        .Kept("AcrMapping", Shape.MapOf(TextShape.WithLength(1, 32), TextShape.WithLength(1, 2048)));

    private static readonly StructureShape _list = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Optional("MaxResults", Shape.Number(0, MaxPageSize))
        .Optional("NextToken", Paging.TokenShape);

    public IEnumerable<JsonApiOperation> All =>
    [
        new("CreateIdentityProvider", _create, Create),
        new("DescribeIdentityProvider", _byName, input => Wrap(userPools.RequireUserPool(input), Require(input))),
        new(ListName, _list, List),
        new("DeleteIdentityProvider", _byName, Delete),
    ];

    private JsonObject Create(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var name = input.GetRequiredText("ProviderName");
        if (pool.IdentityProviders.Find(name) is not null)
            throw new RefusedException("DuplicateProviderException", "A provider with the name already exists in this user pool.");

        var provider = new NamedSettings(name, userPools.TakeSequence(), WireSettings.Read(input.Members, _notKept), userPools.TimeProvider.GetUtcNow());
        pool.IdentityProviders.Add(provider);
        return Wrap(pool, provider);
    });

    private JsonObject List(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        return paging.CreatePage(
            $"{ListName} {pool.Id}", pool.IdentityProviders.All, provider => provider.Sequence,
            input.GetNumber("MaxResults") is > 0 and var limit ? limit : MaxPageSize, input.GetText("NextToken"), "Providers", DescribeInList);
    }

    private JsonObject? Delete(JsonApiInput input)
    {
        userPools.Change(() => userPools.RequireUserPool(input).IdentityProviders.Remove(Require(input)));
        return null;
    }

    private NamedSettings Require(JsonApiInput input) =>
        userPools.RequireUserPool(input).IdentityProviders.Find(input.GetRequiredText("ProviderName"))
        ?? throw RefusedException.NotFound("Identity provider not found.");

    private static JsonObject Wrap(EmulatedUserPool pool, NamedSettings provider)
    {
        var described = provider.Members.ToJson();
        described["UserPoolId"] = pool.Id;
        foreach (var (name, value) in DescribeInList(provider))
            described[name] = value?.DeepClone();
        return new() { ["IdentityProvider"] = described };
    }

    private static JsonObject DescribeInList(NamedSettings provider) => new()
    {
        ["ProviderName"] = provider.Name,
        ["ProviderType"] = provider.Members.GetText("ProviderType"),
        ["CreationDate"] = EpochSeconds.ToJson(provider.CreatedAt),
        ["LastModifiedDate"] = EpochSeconds.ToJson(provider.CreatedAt),
    };
}

using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>
/// The operations to rotate the secret of an app client. An app client can have two secrets at a time. The value of a secret is shown only
/// in the response that adds it, and only if the service generated it.
/// </summary>
internal sealed class ClientSecretOperations(UserPoolDirectory userPools)
{
    private static readonly StructureShape _add = new StructureShape()
        .With(AppClientShapes.ById)
        .Optional("ClientSecret", Shape.Secret(TextShape.ClientSecret));

    private static readonly StructureShape _list = new StructureShape().With(AppClientShapes.ById).Optional("NextToken", Paging.TokenShape);

    private static readonly StructureShape _delete = new StructureShape()
        .With(AppClientShapes.ById)
        .Required("ClientSecretId", Shape.Text(TextShape.ClientSecretId));

    public IEnumerable<JsonApiOperation> All =>
    [
        CreateOperation("AddUserPoolClientSecret", _add, Add),
        CreateOperation("ListUserPoolClientSecrets", _list, List),
        CreateOperation("DeleteUserPoolClientSecret", _delete, Delete),
    ];

    // These three operations use another name for internal errors than all other operations.
    private static JsonApiOperation CreateOperation(string name, StructureShape shape, Func<JsonApiInput, JsonObject?> run) =>
        new(name, shape, run) { InternalErrorName = "InternalServerException" };

    private JsonObject Add(JsonApiInput input) => userPools.Change(() =>
    {
        var client = userPools.RequireAppClient(input);
        var secrets = client.Settings.Secrets;
        var chosen = input.GetText("ClientSecret");
        if (secrets.IsEmpty)
            throw RefusedException.InvalidParameter($"User pool client {client.ClientId} does not have a client secret.");
        if (secrets.Length >= AppClientRules.MaxSecrets)
            throw RefusedException.LimitExceeded($"User pool client {client.ClientId} has {AppClientRules.MaxSecrets} client secrets already.");
        if (client.Settings.HasSecret(chosen))
            throw RefusedException.InvalidParameter($"User pool client {client.ClientId} has this client secret already.");

        client.Update(client.WithSecret(client.Settings, chosen ?? GeneratedId.CreateClientSecret()));
        var added = client.Settings.Secrets[^1];
        var described = Describe(added);
        if (chosen is null)
            described["ClientSecretValue"] = added.Value;
        return new JsonObject { ["ClientSecretDescriptor"] = described };
    });

    private JsonObject List(JsonApiInput input)
    {
        // Two secrets fit on one page, so the emulator never returns a page token and no page token is valid.
        if (input.Has("NextToken"))
            throw RefusedException.InvalidParameter("Invalid NextToken.");
        return new JsonObject { ["ClientSecrets"] = new JsonArray([.. userPools.RequireAppClient(input).Settings.Secrets.Select(Describe)]) };
    }

    private JsonObject? Delete(JsonApiInput input)
    {
        userPools.Change(() =>
        {
            var client = userPools.RequireAppClient(input);
            var settings = client.Settings;
            var id = input.GetRequiredText("ClientSecretId");
            if (!settings.Secrets.Any(secret => secret.Id == id))
                throw RefusedException.NotFound($"Client secret {id} does not exist.");
            if (settings.Secrets.Length == 1)
                throw RefusedException.InvalidParameter("The last client secret of a user pool client can not be deleted.");
            client.Update(settings with { Secrets = settings.Secrets.RemoveAll(secret => secret.Id == id) });
        });
        return null;
    }

    private static JsonObject Describe(ClientSecret secret) => new()
    {
        ["ClientSecretId"] = secret.Id,
        ["ClientSecretCreateDate"] = EpochSeconds.ToJson(secret.CreatedAt),
    };
}

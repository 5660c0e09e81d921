using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>Rotation: an app client can have two secrets at a time. A value is shown once at most, and only if it was made up.</summary>
internal sealed class ClientSecretOperations(UserPoolDirectory userPools)
{
    private static readonly StructureShape _add = new StructureShape()
        .With(AppClientInput.ById)
        .Optional("ClientSecret", Shape.Secret(TextShape.ClientSecret));

    private static readonly StructureShape _list = new StructureShape().With(AppClientInput.ById).Optional("NextToken", Paging.TokenShape);

    private static readonly StructureShape _delete = new StructureShape()
        .With(AppClientInput.ById)
        .Required("ClientSecretId", Shape.Text(TextShape.ClientSecretId));

    public IEnumerable<JsonApiOperation> All =>
    [
        Operation("AddUserPoolClientSecret", _add, Add),
        Operation("ListUserPoolClientSecrets", _list, List),
        Operation("DeleteUserPoolClientSecret", _delete, Delete),
    ];

    // These three have a name of their own for it.
    private static JsonApiOperation Operation(string name, StructureShape shape, Func<JsonApiInput, JsonObject?> run) =>
        new(name, shape, run) { InternalErrorName = "InternalServerException" };

    private JsonObject Add(JsonApiInput input) => userPools.Change(() =>
    {
        var client = userPools.RequireAppClient(input);
        var secrets = client.Settings.Secrets;
        var chosen = input.Text("ClientSecret");
        if (secrets.IsEmpty)
            throw RefusedException.InvalidParameter($"User pool client {client.ClientId} does not have a client secret.");
        if (secrets.Length >= AppClientRules.MaxSecrets)
            throw RefusedException.LimitExceeded($"User pool client {client.ClientId} has {AppClientRules.MaxSecrets} client secrets already.");
        if (client.Settings.HasSecret(chosen))
            throw RefusedException.InvalidParameter($"User pool client {client.ClientId} has this client secret already.");

        client.Update(client.WithSecret(client.Settings, chosen ?? GeneratedId.ClientSecret()));
        var added = client.Settings.Secrets[^1];
        var described = Described(added);
        if (chosen is null)
            described["ClientSecretValue"] = added.Value;
        return new JsonObject { ["ClientSecretDescriptor"] = described };
    });

    private JsonObject List(JsonApiInput input)
    {
        // Two fit on one page: there is never a token, and so none that is valid.
        if (input.Has("NextToken"))
            throw RefusedException.InvalidParameter("Invalid NextToken.");
        return new JsonObject { ["ClientSecrets"] = new JsonArray([.. userPools.RequireAppClient(input).Settings.Secrets.Select(Described)]) };
    }

    private JsonObject? Delete(JsonApiInput input)
    {
        userPools.Change(() =>
        {
            var client = userPools.RequireAppClient(input);
            var settings = client.Settings;
            var id = input.RequiredText("ClientSecretId");
            if (!settings.Secrets.Any(secret => secret.Id == id))
                throw RefusedException.NotFound($"Client secret {id} does not exist.");
            if (settings.Secrets.Length == 1)
                throw RefusedException.InvalidParameter("The last client secret of a user pool client can not be deleted.");
            client.Update(settings with { Secrets = settings.Secrets.RemoveAll(secret => secret.Id == id) });
        });
        return null;
    }

    private static JsonObject Described(ClientSecret secret) => new()
    {
        ["ClientSecretId"] = secret.Id,
        ["ClientSecretCreateDate"] = EpochSeconds.Of(secret.CreatedAt),
    };
}

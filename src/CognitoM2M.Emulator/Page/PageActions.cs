using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Issuance;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Page;

/// <summary>What a person can do on the page. Each action takes the members of a JSON object and returns another one.</summary>
/// <param name="userPools">The user pools.</param>
/// <param name="faults">The faults.</param>
/// <param name="log">The token requests.</param>
/// <param name="nextToken">Hands over the next token that is issued.</param>
/// <param name="issuer">Issues tokens. Not the issuer of the services: a click on the page is not one of their requests.</param>
internal sealed class PageActions(
    UserPoolDirectory userPools, EmulatorFaults faults, TokenRequestLog log, NextToken nextToken, AccessTokenIssuer issuer)
{
    private readonly TokenJudgement _judgement = new(userPools);

    /// <returns>Null if there is no action of this name.</returns>
    /// <exception cref="RefusedException">A member is missing, or the thing that it names does not exist.</exception>
    public async Task<JsonObject?> RunAsync(string name, JsonObject input, CancellationToken cancellationToken) => name switch
    {
        "token/check" => _judgement.Judge(GetText(input, "token")),
        "token/issue" => await IssueTokenAsync(FindClient(input), cancellationToken).ConfigureAwait(false),
        "token/next" => await WaitForTokenAsync(cancellationToken).ConfigureAwait(false),
        "secrets" => DescribeSecrets(FindClient(input)),
        "fault" => SetFault(GetText(input, "target"), FindText(input, "fault")),
        "rotate" => RotateKey(input),
        "clear" => ClearLog(),
        _ => null,
    };

    private async Task<JsonObject> IssueTokenAsync(EmulatedAppClient client, CancellationToken cancellationToken)
    {
        var scopes = ScopeGrant.Decide(client.UserPool, client.Settings, []);
        if (scopes.IsEmpty)
            throw RefusedException.InvalidParameter($"App client {client.ClientName} has no scope that exists.");

        var noMetadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var token = await issuer.IssueAsync(client, scopes, noMetadata, cancellationToken).ConfigureAwait(false);
        return JudgeAndShow(token.AccessToken);
    }

    private async Task<JsonObject> WaitForTokenAsync(CancellationToken cancellationToken) =>
        JudgeAndShow(await nextToken.WaitAsync(cancellationToken).ConfigureAwait(false));

    private JsonObject JudgeAndShow(string token)
    {
        var result = _judgement.Judge(token);
        result["token"] = token;
        return result;
    }

    private static JsonObject DescribeSecrets(EmulatedAppClient client) =>
        new() { ["secrets"] = new JsonArray([.. client.ClientSecrets.Select(secret => JsonValue.Create(secret))]) };

    private JsonObject SetFault(string target, string? choice)
    {
        var fault = choice is null ? null : FaultChoices.Create(choice) ?? throw RefusedException.InvalidParameter($"There is no fault '{choice}'.");
        try
        {
            if (FaultChoices.FindEndpoint(target) is { } endpoint)
                Set(endpoint, fault);
            else
                Set(target, fault);
        }
        catch (ArgumentException e)
        {
            throw RefusedException.InvalidParameter(e.Message);
        }

        return [];
    }

    private void Set(EmulatorEndpoint endpoint, EmulatorFault? fault)
    {
        if (fault is null)
            faults.Clear(endpoint);
        else
            faults.Set(endpoint, fault);
    }

    private void Set(string operation, EmulatorFault? fault)
    {
        if (fault is null)
            faults.Clear(operation);
        else
            faults.Set(operation, fault);
    }

    private JsonObject RotateKey(JsonObject input)
    {
        var id = GetText(input, "userPoolId");
        var pool = userPools.Find(id) ?? throw RefusedException.InvalidParameter($"There is no user pool '{id}'.");
        pool.RotateSigningKey(withdrawOldKeys: input["withdrawOldKeys"]?.GetValueKind() == JsonValueKind.True);
        return [];
    }

    private JsonObject ClearLog()
    {
        log.Clear();
        return [];
    }

    private EmulatedAppClient FindClient(JsonObject input) =>
        userPools.FindClient(GetText(input, "clientId")) ?? throw RefusedException.InvalidParameter("There is no app client with this id.");

    private static string GetText(JsonObject input, string name) =>
        FindText(input, name) ?? throw RefusedException.InvalidParameter($"The member {name} is missing.");

    private static string? FindText(JsonObject input, string name) =>
        input[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

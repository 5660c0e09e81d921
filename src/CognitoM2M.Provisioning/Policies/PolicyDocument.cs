using System.Text;
using System.Text.Json;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Policies;

/// <summary>Writes an IAM policy document.</summary>
internal static class PolicyDocument
{
    public static string Write(Blueprint blueprint, PolicyOptions options)
    {
        var actions = RequiredOperations.List(blueprint, options)
            .OrderBy(operation => operation.Name, StringComparer.Ordinal)
            .ToLookup(operation => operation.IamResource, operation => operation.IamAction);
        var userPool = IamStatement.FormatUserPoolArn(options.Region, options.AccountId, options.UserPoolId ?? blueprint.UserPool.Id);
        // An external user pool may have no tag, but if it is known, no other user pool is reached.
        string[] tagsOfManaged = blueprint.UserPool.External && RequiredOperations.HasUserPoolId(blueprint, options)
            ? [] : [OwnershipTag.Created, OwnershipTag.Adopted];

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            WriteStatement(json, "CognitoM2MAccount", actions[IamResource.Account], "*");
            WriteStatement(json, "CognitoM2MUserPool", actions[IamResource.UserPool], userPool);
            WriteStatement(json, "CognitoM2MManagedUserPool", ListActions(RequiredOperations.ListForManaged(blueprint, options)), userPool, tagsOfManaged);
            WriteStatement(json, "CognitoM2MCreatedUserPool", ListActions(RequiredOperations.ListForCreated(blueprint, options)), userPool, OwnershipTag.Created);
            if (blueprint.Domain?.Custom is not null && !blueprint.UserPool.External && options.AllowApply)
                WriteStatement(json, "CognitoM2MCustomDomain", ["cloudfront:UpdateDistribution"], "*");
            SecretStatements.Write(json, options, options.UserPoolId ?? blueprint.UserPool.Id);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IEnumerable<string> ListActions(IEnumerable<Operation> operations) =>
        operations.Select(operation => operation.IamAction).Order(StringComparer.Ordinal);

    /// <param name="json">Receives the statement. Nothing is written without an action.</param>
    /// <param name="id">The name of the statement.</param>
    /// <param name="actions">What is allowed.</param>
    /// <param name="resource">On what it is allowed.</param>
    /// <param name="tags">The values of the ownership tag, one of which the user pool must have; none if it needs no tag.</param>
    private static void WriteStatement(Utf8JsonWriter json, string id, IEnumerable<string> actions, string resource, params string[] tags)
    {
        var list = actions.ToList();
        if (list.Count == 0)
            return;

        json.WriteStartObject();
        json.WriteString("Sid", id);
        json.WriteString("Effect", "Allow");
        json.WriteStartArray("Action");
        foreach (var action in list)
            json.WriteStringValue(action);
        json.WriteEndArray();
        json.WriteString("Resource", resource);
        if (tags.Length > 0)
            WriteCondition(json, tags);
        json.WriteEndObject();
    }

    private static void WriteCondition(Utf8JsonWriter json, string[] tags)
    {
        json.WriteStartObject("Condition");
        json.WriteStartObject("StringEquals");
        json.WriteStartArray($"aws:ResourceTag/{OwnershipTag.Key}");
        foreach (var tag in tags)
            json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

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
        // An external user pool may have no tag, but its id is known, so no other user pool is reached.
        PolicyCondition[] ifManaged = blueprint.UserPool.External ? [] : [PolicyCondition.ForUserPoolWithTag(OwnershipTag.Created, OwnershipTag.Adopted)];

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            WriteStatement(json, "CognitoM2MAccount", actions[IamResource.Account], "*");
            WriteStatement(json, "CognitoM2MUserPool", actions[IamResource.UserPool], userPool);
            WriteStatement(json, "CognitoM2MManagedUserPool", ListActions(RequiredOperations.ListForManaged(blueprint, options)), userPool, ifManaged);
            WriteChanges(json, ListActions(RequiredOperations.ListForChanging(blueprint, options)), userPool);
            WriteStatement(
                json, "CognitoM2MAdoption", ListActions(RequiredOperations.ListForAdopting(blueprint, options)), userPool,
                PolicyCondition.ForRequestWithTag(OwnershipTag.Adopted));
            WriteStatement(
                json, "CognitoM2MCreatedUserPool", ListActions(RequiredOperations.ListForCreated(blueprint, options)), userPool,
                PolicyCondition.ForUserPoolWithTag(OwnershipTag.Created));
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

    /// <summary>
    /// Writes the operations that can set tags. Without these conditions, a caller could mark any user pool as created from a blueprint, and then
    /// delete it. The value of the ownership tag cannot change, so there is one statement for each value.
    /// </summary>
    private static void WriteChanges(Utf8JsonWriter json, IEnumerable<string> actions, string userPool)
    {
        foreach (var value in new[] { OwnershipTag.Created, OwnershipTag.Adopted })
        {
            WriteStatement(
                json, value == OwnershipTag.Created ? "CognitoM2MChangeCreatedUserPool" : "CognitoM2MChangeAdoptedUserPool", actions, userPool,
                PolicyCondition.ForUserPoolWithTag(value), PolicyCondition.ForRequestWithoutOtherTag(value));
        }
    }

    /// <summary>Writes a statement.</summary>
    /// <param name="json">Receives the statement. Nothing is written without an action.</param>
    /// <param name="id">The name of the statement.</param>
    /// <param name="actions">What is allowed.</param>
    /// <param name="resource">On what it is allowed.</param>
    /// <param name="conditions">When it is allowed; none if always.</param>
    public static void WriteStatement(Utf8JsonWriter json, string id, IEnumerable<string> actions, string resource, params PolicyCondition[] conditions)
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
        PolicyCondition.Write(json, conditions);
        json.WriteEndObject();
    }
}

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

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            WriteStatement(json, "CognitoM2MAccount", actions[IamResource.Account], "*");
            WriteStatement(
                json, "CognitoM2MUserPool", actions[IamResource.UserPool],
                IamStatement.FormatUserPoolArn(options.Region, options.AccountId, options.UserPoolId ?? blueprint.UserPool.Id));
            if (blueprint.Domain?.Custom is not null && options.AllowApply)
                WriteStatement(json, "CognitoM2MCustomDomain", ["cloudfront:UpdateDistribution"], "*");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteStatement(Utf8JsonWriter json, string id, IEnumerable<string> actions, string resource)
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
        json.WriteEndObject();
    }
}

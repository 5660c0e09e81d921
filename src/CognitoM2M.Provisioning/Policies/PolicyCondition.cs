using System.Text.Json;

namespace CognitoM2M.Provisioning.Policies;

/// <summary>When a statement of an IAM policy applies.</summary>
/// <param name="Operator">The operator, such as <c>StringEquals</c>.</param>
/// <param name="Key">The key of the request or of the user pool that is compared.</param>
/// <param name="Values">One of these values must be there.</param>
internal sealed record PolicyCondition(string Operator, string Key, params string[] Values)
{
    /// <summary>The user pool has the ownership tag with one of these values.</summary>
    public static PolicyCondition ForUserPoolWithTag(params string[] values) => new("StringEquals", $"aws:ResourceTag/{OwnershipTag.Key}", values);

    /// <summary>The request sets the ownership tag to this value.</summary>
    public static PolicyCondition ForRequestWithTag(string value) => new("StringEquals", $"aws:RequestTag/{OwnershipTag.Key}", value);

    /// <summary>The request leaves the ownership tag out, or sets it to this value.</summary>
    public static PolicyCondition ForRequestWithoutOtherTag(string value) => new("StringEqualsIfExists", $"aws:RequestTag/{OwnershipTag.Key}", value);

    /// <summary>Writes the member <c>Condition</c> of a statement; nothing without conditions. Each operator appears once.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<PolicyCondition> conditions)
    {
        if (conditions.Count == 0)
            return;

        json.WriteStartObject("Condition");
        foreach (var condition in conditions)
        {
            json.WriteStartObject(condition.Operator);
            json.WriteStartArray(condition.Key);
            foreach (var value in condition.Values)
                json.WriteStringValue(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}

using System.Text.Json;

namespace CognitoM2M.Lambda.Tests.Support;

/// <summary>
/// The answer of an authorizer as API Gateway keeps and uses it: IAM's rules, written anew. A wildcard matches slashes, a denial wins, and what no
/// statement allows is denied.
/// </summary>
internal sealed class IamPolicy
{
    private readonly List<Statement> _statements;

    private IamPolicy(JsonElement answer)
    {
        PrincipalId = answer.GetProperty("principalId").GetString()!;
        UsageIdentifierKey = answer.TryGetProperty("usageIdentifierKey", out var key) ? key.GetString() : null;
        Context = answer.TryGetProperty("context", out var context)
            ? context.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.Clone())
            : [];
        var document = answer.GetProperty("policyDocument");
        Assert.Equal("2012-10-17", document.GetProperty("Version").GetString());
        _statements = [.. document.GetProperty("Statement").EnumerateArray().Select(Read)];
        // A policy without a statement, or a statement without a resource, would not be a policy.
        Assert.NotEmpty(_statements);
        Assert.All(_statements, statement => Assert.NotEmpty(statement.Resources));
    }

    public string PrincipalId { get; }

    public string? UsageIdentifierKey { get; }

    public IReadOnlyDictionary<string, JsonElement> Context { get; }

    /// <summary>The resources of one effect.</summary>
    public IReadOnlyList<string> FindResources(string effect) => [.. _statements.Where(statement => statement.Effect == effect).SelectMany(statement => statement.Resources)];

    public static IamPolicy Parse(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return new IamPolicy(json.RootElement);
    }

    /// <summary>Whether the policy allows a request.</summary>
    /// <param name="arn">The ARN of the request.</param>
    /// <param name="now">The time of the request; null if IAM does not know it.</param>
    public bool Allows(string arn, DateTimeOffset? now = null) =>
        _statements.Any(statement => statement.Effect == "Allow" && statement.Applies(arn, now))
        && !_statements.Any(statement => statement.Effect == "Deny" && statement.Applies(arn, now));

    private static Statement Read(JsonElement statement)
    {
        Assert.Equal("execute-api:Invoke", statement.GetProperty("Action").GetString());
        DateTimeOffset? end = statement.TryGetProperty("Condition", out var condition)
            ? condition.GetProperty("DateLessThanIfExists").GetProperty("aws:CurrentTime").GetDateTimeOffset()
            : null;
        return new Statement(
            statement.GetProperty("Effect").GetString()!,
            [.. statement.GetProperty("Resource").EnumerateArray().Select(resource => resource.GetString()!)],
            end);
    }

    private sealed record Statement(string Effect, string[] Resources, DateTimeOffset? End)
    {
        public bool Applies(string arn, DateTimeOffset? now) => (End is null || now is null || now < End) && Resources.Any(resource => Matches(resource, arn));

        private static bool Matches(string pattern, string text)
        {
            var (p, t, star, mark) = (0, 0, -1, 0);
            while (t < text.Length)
            {
                if (p < pattern.Length && pattern[p] == '*')
                    (star, mark, p) = (p, t, p + 1);
                else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
                    (p, t) = (p + 1, t + 1);
                else if (star < 0)
                    return false;
                else
                    (p, t, mark) = (star + 1, mark + 1, mark + 1);
            }

            return pattern[p..].All(c => c == '*');
        }
    }
}

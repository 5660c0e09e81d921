namespace CognitoM2M.Lambda.Events;

/// <summary>The parts of the ARN of the request: <c>arn:aws:execute-api:{region}:{account}:{api}/{stage}/{method}/{path}</c>.</summary>
/// <param name="StagePrefix">The ARN up to the slash before the method.</param>
/// <param name="MethodAndPath">The rest, such as <c>GET/orders/1</c>.</param>
internal sealed record MethodArn(string StagePrefix, string MethodAndPath)
{
    /// <summary>The method of the request.</summary>
    public string Method => MethodAndPath[..MethodAndPath.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The name of the stage.</summary>
    public string Stage => StagePrefix.Split('/')[1];

    /// <summary>Everything in this stage.</summary>
    public string WholeStage => StagePrefix + "*";

    /// <summary>Whether IAM would read a part of the path as a wildcard or a variable. A caller chooses the path.</summary>
    public bool HasWildcard => MethodAndPath.AsSpan().ContainsAny('*', '?') || MethodAndPath.Contains("${", StringComparison.Ordinal);

    /// <summary>Splits an ARN into its parts; null if the text is not the ARN of a request.</summary>
    public static MethodArn? TryParse(string text)
    {
        if (text.Split(':', 6) is not ["arn", { Length: > 0 }, "execute-api", { Length: > 0 }, { Length: > 0 }, var resource])
            return null;
        // The text is split into at most four parts, because the path may have slashes.
        if (resource.Split('/', 4) is not [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 } method, var path])
            return null;

        var rest = $"{method}/{path}";
        var prefix = text[..^rest.Length];
        // A wildcard in the stage would match slashes, and so the beginnings of other paths.
        return prefix.AsSpan().ContainsAny('*', '?', '{') ? null : new MethodArn(prefix, rest);
    }
}

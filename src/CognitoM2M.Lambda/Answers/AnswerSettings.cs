using CognitoM2M.Verification;

namespace CognitoM2M.Lambda.Answers;

/// <summary>A checked copy of the options.</summary>
internal sealed class AnswerSettings
{
    private readonly Func<CognitoAccessTokenClaims, IEnumerable<KeyValuePair<string, object>>>? _createContext;
    private readonly Func<CognitoAccessTokenClaims, string?>? _findUsageIdentifierKey;

    private AnswerSettings(ApiGatewayAuthorizerOptions options)
    {
        AnswersAreCached = options.AnswersAreCached;
        UseSimpleResponses = options.UseSimpleResponses;
        DenyAmbiguousPaths = options.DenyAmbiguousPaths;
        TokenHeader = options.TokenHeader;
        _createContext = options.CreateContext;
        _findUsageIdentifierKey = options.FindUsageIdentifierKey;
    }

    public bool AnswersAreCached { get; }

    public bool UseSimpleResponses { get; }

    public bool DenyAmbiguousPaths { get; }

    public string TokenHeader { get; }

    public static AnswerSettings Copy(ApiGatewayAuthorizerOptions options)
    {
        return string.IsNullOrWhiteSpace(options.TokenHeader)
            ? throw new ArgumentException("TokenHeader must name a header.", nameof(options))
            : new AnswerSettings(options);
    }

    /// <summary>What the answer says about the app client that sent an accepted token. Never the token.</summary>
    public Caller Describe(CognitoAccessTokenClaims token)
    {
        var context = new List<KeyValuePair<string, object>>
        {
            new("client_id", token.ClientId),
            new("scope", string.Join(' ', token.Scopes)),
            new("iss", token.Issuer),
        };
        foreach (var value in _createContext?.Invoke(token) ?? [])
        {
            if (string.IsNullOrEmpty(value.Key) || context.Exists(known => known.Key == value.Key))
                throw new ApiGatewayAuthorizerException($"CreateContext gave the name '{value.Key}', which is empty or exists already.");
            context.Add(value);
        }

        return new Caller(token.ClientId, context, _findUsageIdentifierKey?.Invoke(token));
    }
}

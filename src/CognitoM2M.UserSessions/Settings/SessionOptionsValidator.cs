using CognitoM2M.Shared;
using CognitoM2M.UserSessions.Sealing;
using Microsoft.Extensions.Options;

namespace CognitoM2M.UserSessions.Settings;

/// <summary>Checks the options, and reports all mistakes together.</summary>
internal sealed class SessionOptionsValidator : IValidateOptions<CognitoUserSessionsOptions>
{
    private const int MaxSecretLength = 1024;

    private static readonly TimeSpan _shortestTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _shortestState = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestState = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, CognitoUserSessionsOptions options)
    {
        var errors = FindErrors(options);
        var section = options.ConfigurationPath is { } path ? $" (configuration section '{path}')" : "";
        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(error => $"User sessions{section}: {error}"));
    }

    /// <exception cref="OptionsValidationException">The options have mistakes.</exception>
    public static void Require(CognitoUserSessionsOptions options)
    {
        if (new SessionOptionsValidator().Validate(null, options) is { Failed: true } result)
            throw new OptionsValidationException(Options.DefaultName, typeof(CognitoUserSessionsOptions), result.Failures);
    }

    private static List<string> FindErrors(CognitoUserSessionsOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors, .. FindNullErrors(options)];
        // The other rules read the lists.
        if (errors.Count > options.ConfigurationErrors.Count)
            return errors;

        errors.AddRange(AddressErrors.Find(options));
        AddClientErrors(options, errors);
        AddKeyErrors(options, errors);
        AddLimitErrors(options, errors);
        return errors;
    }

    private static IEnumerable<string> FindNullErrors(CognitoUserSessionsOptions options) =>
        new (string Name, object? Value)[]
        {
            (nameof(options.PlainHttpHosts), options.PlainHttpHosts),
            (nameof(options.CallbackUrls), options.CallbackUrls),
            (nameof(options.LogoutUrls), options.LogoutUrls),
            (nameof(options.ReturnOrigins), options.ReturnOrigins),
            (nameof(options.StateKeys), options.StateKeys),
        }
        .Where(list => list.Value is null)
        .Select(list => $"{list.Name} must not be null. Leave it empty.");

    private static void AddClientErrors(CognitoUserSessionsOptions options, List<string> errors)
    {
        if (string.IsNullOrEmpty(options.ClientId))
            errors.Add("ClientId is missing. Set it to the id of the app client.");
        else if (!CognitoNames.IsClientId(options.ClientId))
            errors.Add("ClientId is not the id of an app client. It must have 1 to 128 letters, digits, '_' and '+', without spaces or line breaks.");

        if (options.ClientSecret is { Length: > MaxSecretLength } || options.ClientSecret?.AsSpan().ContainsAnyExceptInRange('\x21', '\x7E') == true)
            errors.Add("ClientSecret must have at most 1,024 visible ASCII characters. Copy the whole secret, and nothing else.");
        else if (options.ServiceUrl is null && !string.IsNullOrEmpty(options.ClientSecret) && !CognitoNames.IsClientSecret(options.ClientSecret))
            errors.Add("ClientSecret must have at most 64 letters, digits, '_' and '+'. Copy the whole secret, and nothing else.");

        if (options.HttpMessageHandler is DelegatingHandler handler && PrimaryHandler.FollowsRedirects(handler))
        {
            errors.Add("HttpMessageHandler wraps a handler that follows redirects. A redirect could send a password to another address. "
                + "Set AllowAutoRedirect to false where you make the inner handler.");
        }
    }

    private static void AddKeyErrors(CognitoUserSessionsOptions options, List<string> errors)
    {
        if (options.StateKeys.Any(key => KeyProtector.TryReadKey(key) is null))
            errors.Add($"StateKeys: each key must be base64 of at least {KeyProtector.MinKeyLength} random bytes. Create one with: openssl rand -base64 32");
        if (options.StateKeys.Count > 0 && options.StateProtector is not null)
            errors.Add("StateKeys and StateProtector are both set. Remove one of them.");
        if (options.StateKeys.Count == 0 && options.StateProtector is null && options.CallbackUrls.Count > 0)
            errors.Add("StateKeys is missing. CallbackUrls need keys for the state. Set StateKeys, or register an ICognitoStateProtector.");
    }

    private static void AddLimitErrors(CognitoUserSessionsOptions options, List<string> errors)
    {
        if (options.StateLifetime < _shortestState || options.StateLifetime > _longestState)
            errors.Add("StateLifetime must be between 1 minute and 1 hour.");
        if (options.Timeout < _shortestTimeout || options.Timeout > _longestTimeout)
            errors.Add("Timeout must be between 100 milliseconds and 1 minute.");
        if (options.MaxSignInRequestsPerSecond is < 1 or > 100_000)
            errors.Add("MaxSignInRequestsPerSecond must be between 1 and 100,000.");
    }
}

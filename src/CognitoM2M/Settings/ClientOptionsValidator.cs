using CognitoM2M.Tokens;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Settings;

/// <summary>Checks the options of one client and reports all errors together. Each error names the client and the property. No error contains a secret.</summary>
internal sealed class ClientOptionsValidator(IEnumerable<ClientRegistration> registrations, IEnumerable<ClientReference> references)
    : IValidateOptions<CognitoM2MClientOptions>
{
    /// <summary>The end of the error about a missing configuration section.</summary>
    public const string SectionMissing = "is missing or empty.";

    private const int MaxShownLength = 100;
    private const string Unregistered = "no app client of this name is registered.";

    private static readonly TimeSpan _shortestTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _longestMinimum = TimeSpan.FromHours(12);
    private static readonly TimeSpan _shortestStoreTimeout = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _longestStoreTimeout = TimeSpan.FromSeconds(10);

    public ValidateOptionsResult Validate(string? name, CognitoM2MClientOptions options)
    {
        // The names of other clients are not listed: they may be the names of tenants, and callers may see the error.
        var errors = IsEmpty(options) && registrations.All(registration => registration.ClientName != name)
            ? [$"{Unregistered} Register it with AddCognitoM2MClient, or correct the name. Names are case-sensitive."]
            : FindErrors(name, options);

        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(error => $"Client '{Show(name)}'{DescribeSection(options)}: {error}"));
    }

    /// <summary>Whether an error says that the client does not exist, rather than that a setting is wrong.</summary>
    public static bool IsMissingClientError(string failure) =>
        failure.Contains(Unregistered, StringComparison.Ordinal) || failure.EndsWith(SectionMissing, StringComparison.Ordinal);

    private static string DescribeSection(CognitoM2MClientOptions options) =>
        options.ConfigurationPath is { } path ? $" (configuration section '{path}')" : "";

    private static bool IsEmpty(CognitoM2MClientOptions options) =>
        options is
        {
            ClientId: null, ClientSecret: null, ClientSecretFile: null, ClientSecretSource: null, Domain: null, TokenEndpoint: null, Region: null,
            Username: null, Password: null, PasswordFile: null, PasswordSource: null, ConfigurationErrors.Count: 0
        };

    /// <summary>An unknown name may come from a request. Characters that could forge a line of a log are replaced, and a long name is cut.</summary>
    private static string Show(string? name)
    {
        var start = name is { Length: > MaxShownLength } ? name[..MaxShownLength] + "..." : name ?? "";
        return string.Concat(start.Select(character => character is >= ' ' and <= '~' || char.IsLetterOrDigit(character) ? character : '?'));
    }

    private List<string> FindErrors(string? name, CognitoM2MClientOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors];
        errors.AddRange(CredentialErrors.Find(options));
        errors.AddRange(EndpointErrors.Find(options));
        AddRequestErrors(options, errors);
        errors.AddRange(DestinationErrors.Find(options, references.Any(reference => reference.IsForAllHttpClients && reference.ClientName == name)));
        AddLimitErrors(options, errors);
        return errors;
    }

    private static void AddRequestErrors(CognitoM2MClientOptions options, List<string> errors)
    {
        if (options.Scopes is null)
            errors.Add("Scopes must not be null. To request every allowed scope, leave it empty.");
        else if (ScopeSet.FindError(options.Scopes) is { } error)
            errors.Add($"Scopes: {error}");

        if (options.ClientMetadata is null)
            errors.Add("ClientMetadata must not be null. For no metadata, leave it empty.");
        else if (CognitoTokenRequest.FindMetadataError(options.ClientMetadata) is { } metadataError)
            errors.Add(metadataError);
    }

    private static void AddLimitErrors(CognitoM2MClientOptions options, List<string> errors)
    {
        if (options.AttemptTimeout < _shortestTimeout || options.AttemptTimeout > _longestTimeout)
            errors.Add("AttemptTimeout must be between 100 milliseconds and 5 minutes.");
        if (options.MinimumRemainingLifetime < TimeSpan.Zero || options.MinimumRemainingLifetime > _longestMinimum)
            errors.Add("MinimumRemainingLifetime must be between 0 and 12 hours.");
        if (options.DistributedCacheTimeout < _shortestStoreTimeout || options.DistributedCacheTimeout > _longestStoreTimeout)
            errors.Add("DistributedCacheTimeout must be between 10 milliseconds and 10 seconds.");
        if (!(options.UsdPerTokenRequest >= 0 && double.IsFinite(options.UsdPerTokenRequest)))
            errors.Add("UsdPerTokenRequest must be a number of US dollars, zero or more.");
        if (options.FirstFetchAttempts is < 1 or > 5)
            errors.Add("FirstFetchAttempts must be between 1 and 5.");
        if (options.MaxTokenRequestsPerSecond is < 1 or > 100_000)
            errors.Add("MaxTokenRequestsPerSecond must be between 1 and 100,000.");
        if (!Enum.IsDefined(options.WarmUp))
            errors.Add("WarmUp must be None, BestEffort or Required.");
    }
}

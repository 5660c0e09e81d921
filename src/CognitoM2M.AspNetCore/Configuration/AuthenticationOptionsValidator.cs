using CognitoM2M.Shared;
using CognitoM2M.Verification;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Reports all mistakes in the options of a scheme when the host starts.</summary>
internal sealed class AuthenticationOptionsValidator : IValidateOptions<CognitoM2MAuthenticationOptions>
{
    private const string PlainHttpSetting = nameof(CognitoAccessTokenVerifierOptions.PlainHttpHosts);

    public ValidateOptionsResult Validate(string? name, CognitoM2MAuthenticationOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors, .. VerifierSettings.FindErrors(options), .. AcceptedTokensCheck.FindErrors(options), .. FindResourceErrors(options)];
        if ((options.Realm ?? name ?? "").Any(c => c is < ' ' or > '~'))
            errors.Add("Realm must consist of visible ASCII characters and spaces. By default it is the name of the scheme; set Realm if that name has other characters.");
        if (string.IsNullOrEmpty(options.NameClaimType))
            errors.Add("NameClaimType must not be empty. By default it is client_id.");
        if (string.IsNullOrEmpty(options.RoleClaimType))
            errors.Add("RoleClaimType must not be empty. By default it is cognito:groups.");
        if (options.EventsType is { } type && !type.IsAssignableTo(typeof(CognitoM2MAuthenticationEvents)))
            errors.Add($"EventsType must be a type that derives from {nameof(CognitoM2MAuthenticationEvents)}.");

        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(error => $"Authentication scheme '{name}': {error}"));
    }

    private static IEnumerable<string> FindResourceErrors(CognitoM2MAuthenticationOptions options)
    {
        var plainHttpHosts = new PlainHttpHosts(options.Verification.PlainHttpHosts ?? []);
        if (options.Resource is { } resource && ResourceAddress.FindError(resource, plainHttpHosts, PlainHttpSetting) is { } error)
            yield return $"{nameof(options.Resource)} {error}";
        foreach (var server in options.AuthorizationServers ?? [])
        {
            if (!Uri.TryCreate(server, UriKind.Absolute, out var address))
                yield return $"{nameof(options.AuthorizationServers)}: each entry must be an absolute address, such as https://login.example.com.";
            else if (WebAddress.FindError(address, plainHttpHosts, PlainHttpSetting) is { } serverError)
                yield return $"{nameof(options.AuthorizationServers)}: an entry {serverError}";
        }

        foreach (var scope in options.ScopesSupported ?? [])
        {
            if (!CognitoNames.IsScope(scope))
                yield return $"{nameof(options.ScopesSupported)}: an entry is not a scope. Write each scope as an entry of its own, such as orders/read.";
        }

        if (options.Resource is null && (options.ResourceName is not null || options.AuthorizationServers is { Count: > 0 } || options.ScopesSupported is { Count: > 0 }))
            yield return $"{nameof(options.Resource)} is missing. {nameof(options.ResourceName)}, {nameof(options.AuthorizationServers)} and {nameof(options.ScopesSupported)} belong to the metadata of a resource.";
    }
}

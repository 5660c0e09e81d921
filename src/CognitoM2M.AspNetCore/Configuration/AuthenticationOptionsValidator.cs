using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Reports all that is wrong with the options of a scheme, when the host starts.</summary>
internal sealed class AuthenticationOptionsValidator : IValidateOptions<CognitoM2MAuthenticationOptions>
{
    public ValidateOptionsResult Validate(string? name, CognitoM2MAuthenticationOptions options)
    {
        var errors = options.ConfigurationErrors.Concat(options.Verification.Validate()).ToList();
        if ((options.Realm ?? name ?? "").Any(c => c is < ' ' or > '~'))
            errors.Add("Realm, which is the scheme's name unless it is set, must be of visible ASCII characters and spaces.");
        if (options.EventsType is { } type && !type.IsAssignableTo(typeof(CognitoM2MAuthenticationEvents)))
            errors.Add($"EventsType must be a type derived from {nameof(CognitoM2MAuthenticationEvents)}.");

        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(error => $"Authentication scheme '{name}': {error}"));
    }
}

using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Reports all mistakes in the options of a scheme when the host starts.</summary>
internal sealed class AuthenticationOptionsValidator : IValidateOptions<CognitoM2MAuthenticationOptions>
{
    public ValidateOptionsResult Validate(string? name, CognitoM2MAuthenticationOptions options)
    {
        var errors = options.ConfigurationErrors.Concat(VerifierSettings.FindErrors(options)).ToList();
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
}

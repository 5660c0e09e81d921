using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.JwtBearer.Configuration;

/// <summary>
/// Reports, when the host starts, what keeps <c>UseCognitoM2M</c> from protecting a scheme: AddJwtBearer has not registered the scheme, or settings of
/// JwtBearer contradict it.
/// </summary>
internal sealed class BearerCheck(
    IEnumerable<BridgedScheme> schemes,
    IOptions<AuthenticationOptions> authentication,
    SchemeHandlers handlers,
    IOptionsMonitor<JwtBearerOptions> bearers,
    BearerSetup setup) : IValidateOptions<CognitoM2MAuthenticationOptions>
{
    public ValidateOptionsResult Validate(string? name, CognitoM2MAuthenticationOptions options)
    {
        if (schemes.FirstOrDefault(scheme => scheme.Name == name) is not { Name: var scheme })
            return ValidateOptionsResult.Skip;

        // Errors are found while the options are created.
        _ = authentication.Value;
        _ = bearers.Get(scheme);
        IReadOnlyList<string> errors = handlers.FindError(scheme) is { } error ? [error] : setup.FindErrors(scheme);
        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(problem => $"Authentication scheme '{scheme}': {problem}"));
    }
}

using CognitoM2M.AspNetCore.Configuration;
using Microsoft.AspNetCore.Authorization;

namespace CognitoM2M.AspNetCore.Requirements;

/// <summary>
/// Checks the requirements of policies for which only identities of the registered schemes count. The container creates the handler
/// and gives it the schemes. So it works for requests, for methods of hubs, and in code of the application that checks a policy.
/// </summary>
internal sealed class RegisteredSchemesHandler(IEnumerable<RegisteredScheme> schemes) : IAuthorizationHandler
{
    private readonly string[] _names = [.. schemes.Select(scheme => scheme.Name)];

    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        foreach (var requirement in context.Requirements.OfType<CognitoRequirement>())
        {
            if (requirement.IsForRegisteredSchemes)
                requirement.Check(context, _names);
        }

        return Task.CompletedTask;
    }
}

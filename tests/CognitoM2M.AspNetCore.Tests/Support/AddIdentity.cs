using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace CognitoM2M.AspNetCore.Tests.Support;

/// <summary>Adds an identity with a scope to every principal.</summary>
internal sealed class AddIdentity(string? authenticationType, string scope) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        var changed = principal.Clone();
        changed.AddIdentity(new ClaimsIdentity([new Claim("scope", scope)], authenticationType));
        return Task.FromResult(changed);
    }
}

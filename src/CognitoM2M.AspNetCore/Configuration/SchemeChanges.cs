using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Says when the configuration of a scheme changes, so that its options are created again.</summary>
internal sealed class SchemeChanges(RegisteredScheme scheme, IServiceProvider services) : IOptionsChangeTokenSource<CognitoM2MAuthenticationOptions>
{
    private static readonly CancellationChangeToken _never = new(CancellationToken.None);

    public string Name => scheme.Name;

    public IChangeToken GetChangeToken() => scheme.FindSection(services)?.GetReloadToken() ?? _never;
}

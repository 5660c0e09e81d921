using CognitoM2M.AspNetCore.JwtBearer.Challenges;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.JwtBearer.Configuration;

/// <summary>Gives the schemes of <c>UseCognitoM2M</c> a handler that derives from JwtBearer's handler.</summary>
internal sealed class SchemeHandlers(IEnumerable<BridgedScheme> schemes) : IPostConfigureOptions<AuthenticationOptions>
{
    private Dictionary<string, string> _errors = [];

    public void PostConfigure(string? name, AuthenticationOptions options)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var scheme in schemes)
        {
            var registered = options.SchemeMap.TryGetValue(scheme.Name, out var found) ? found : null;
            if (registered?.HandlerType == typeof(JwtBearerHandler))
                registered.HandlerType = typeof(CognitoJwtBearerHandler);
            else
                errors[scheme.Name] = Describe(scheme, registered, options);
        }

        _errors = errors;
    }

    /// <summary>Finds why a scheme could not get its handler; null if it has it.</summary>
    public string? FindError(string scheme) => _errors.GetValueOrDefault(scheme);

    private static string Describe(BridgedScheme scheme, AuthenticationSchemeBuilder? registered, AuthenticationOptions options)
    {
        if (registered is not null)
            return $"its handler is {registered.HandlerType?.FullName}. UseCognitoM2M works with schemes that AddJwtBearer registered.";

        var names = options.Schemes.Where(known => known.HandlerType == typeof(JwtBearerHandler) || known.HandlerType == typeof(CognitoJwtBearerHandler))
            .Select(known => $"'{known.Name}'").ToList();
        var known = names.Count == 0 ? "No scheme of AddJwtBearer is registered." : $"AddJwtBearer registered {string.Join(", ", names)}.";
        var unnamed = scheme.IsNamed ? "" : $" UseCognitoM2M without the name of a scheme means '{scheme.Name}'.";
        return $"AddJwtBearer has not registered this scheme, so UseCognitoM2M cannot protect it. {known}{unnamed} Pass UseCognitoM2M the name that AddJwtBearer was given.";
    }
}

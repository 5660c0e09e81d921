using System.Reflection;
using Microsoft.CodeAnalysis;

namespace CognitoM2M.Analyzers;

/// <summary>All rules. Each has a page in <c>docs/analyzers</c>.</summary>
internal static class Rules
{
    private const string Security = "CognitoM2M.Security";
    private const string Reliability = "CognitoM2M.Reliability";

    public static readonly DiagnosticDescriptor SecretInCode = new(
        "CM2M0001",
        "A secret stands in the code",
        "{0} is a text in the code. Everybody who has the code or the program can read it. Take it from the environment, from a file or from a secret store.",
        Security,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Code goes to repositories, build servers and machines of users. A secret in the code goes there, too, and cannot be replaced without a new release.",
        FindPage("CM2M0001"));

    public static readonly DiagnosticDescriptor KeptToken = new(
        "CM2M0002",
        "A token is kept",
        "The token is kept in {0} and used after it has expired. Call GetTokenAsync for each use, or let the HttpClient carry the token (AddCognitoM2MToken).",
        Reliability,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "GetTokenAsync returns a cached token, and renews the token in time. A token that is kept elsewhere is not renewed.",
        FindPage("CM2M0002"));

    public static readonly DiagnosticDescriptor OpenDestination = new(
        "CM2M0003",
        "The token may be sent to any host",
        "The token of {0} may be sent to every https address that is called with it. Set BaseAddress or AllowedHosts. If every host may have the token, set AllowAnyHost.",
        Security,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Every receiver of a token can use it. BaseAddress and AllowedHosts keep the token from other hosts.",
        FindPage("CM2M0003"),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor SecondToken = new(
        "CM2M0004",
        "Two calls put a token on one HttpClient",
        "This call and an earlier one put a token on {0}, which carries only one. The last call counts. Remove one of them, or choose another name.",
        Reliability,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An HttpClient carries one token. Of several calls, the last one counts, and the others have no effect.",
        FindPage("CM2M0004"));

    private static string FindPage(string id)
    {
        foreach (var metadata in typeof(Rules).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
        {
            if (metadata.Key == "Pages")
                return $"{metadata.Value}/{id}.md";
        }

        return "";
    }
}

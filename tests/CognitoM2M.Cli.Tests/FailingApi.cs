using System.Reflection;
using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Cli.Tests;

/// <summary>A user pools API whose every operation fails in the same way.</summary>
public class FailingApi : DispatchProxy
{
    private Func<string, Exception> _failure = null!;

    /// <summary>An API that answers with an error of this name.</summary>
    public static ICognitoUserPoolApi Refusing(string errorCode, string message = "No.") =>
        Throwing(operation => CognitoProvisioningException.FromService(operation, errorCode, message));

    /// <summary>An API that fails with this exception.</summary>
    public static ICognitoUserPoolApi Throwing(Func<string, Exception> failure)
    {
        var api = Create<ICognitoUserPoolApi, FailingApi>();
        ((FailingApi)(object)api)._failure = failure;
        return api;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw _failure(targetMethod!.Name.Replace("Async", "", StringComparison.Ordinal));
}

using System.Reflection;
using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Cli.Tests;

/// <summary>A user pools API that fails, in every operation or in one.</summary>
public class FailingApi : DispatchProxy
{
    private Func<string, Exception> _failure = null!;
    private ICognitoUserPoolApi? _real;
    private string? _onlyOperation;

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

    /// <summary>An API that works, save for one operation that answers with an error of this name.</summary>
    public static ICognitoUserPoolApi RefusingOnly(string operation, string errorCode, ICognitoUserPoolApi real)
    {
        var api = Refusing(errorCode);
        ((FailingApi)(object)api)._real = real;
        ((FailingApi)(object)api)._onlyOperation = operation;
        return api;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var operation = targetMethod!.Name.Replace("Async", "", StringComparison.Ordinal);
        return _real is null || operation == _onlyOperation ? throw _failure(operation) : targetMethod.Invoke(_real, args);
    }
}

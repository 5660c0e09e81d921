using System.Reflection;
using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Cli.Tests;

/// <summary>A user pools API in which every operation fails, or one operation.</summary>
public class FailingUserPoolApi : DispatchProxy
{
    private Func<string, Exception> _createFailure = null!;
    private ICognitoUserPoolApi? _working;
    private string? _failingOperation;

    /// <summary>Creates an API whose every response is this error.</summary>
    public static ICognitoUserPoolApi CreateRefusing(string errorCode, string message = "No.") =>
        CreateThrowing(operation => CognitoProvisioningException.FromService(operation, errorCode, message));

    /// <summary>Creates an API whose every operation throws.</summary>
    public static ICognitoUserPoolApi CreateThrowing(Func<string, Exception> createFailure)
    {
        var api = Create<ICognitoUserPoolApi, FailingUserPoolApi>();
        ((FailingUserPoolApi)(object)api)._createFailure = createFailure;
        return api;
    }

    /// <summary>Creates an API that works, but one operation responds with this error.</summary>
    public static ICognitoUserPoolApi CreateRefusingOne(string operation, string errorCode, ICognitoUserPoolApi working)
    {
        var api = CreateRefusing(errorCode);
        ((FailingUserPoolApi)(object)api)._working = working;
        ((FailingUserPoolApi)(object)api)._failingOperation = operation;
        return api;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var operation = targetMethod!.Name.Replace("Async", "", StringComparison.Ordinal);
        return _working is null || operation == _failingOperation ? throw _createFailure(operation) : targetMethod.Invoke(_working, args);
    }
}

global using static Verifying.Names;
global using Verifying;
global using CognitoM2M.AspNetCore.JwtBearer;
global using CognitoM2M.AspNetCore.OpenApi;
global using Microsoft.AspNetCore.Authentication.JwtBearer;
global using System.Net.Http.Headers;
global using OpenTelemetry.Metrics;
global using System.Net.Http.Headers;
global using Scalar.AspNetCore;
using CognitoM2M.AspNetCore;
using CognitoM2M.Emulator;

namespace Verifying;

internal static class Names
{
    public static readonly HashSet<string> allowedClientIds = [];

    public static EmulatedUserPool pool => throw null!;

    public static EmulatedAppClient appClient => throw null!;

    public static CognitoM2MAuthenticationOptions options => throw null!;
}

internal interface IBlockedClients
{
    Task<bool> ContainsAsync(string clientId);
}

internal sealed record Tenant(string UserPoolId, string ClientId);

internal interface ITenants
{
    Task<Tenant?> FindAsync(string issuer, string clientId, CancellationToken cancellationToken);
}

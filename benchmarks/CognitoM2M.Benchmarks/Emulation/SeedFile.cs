namespace CognitoM2M.Benchmarks.Emulation;

/// <summary>A blueprint with one app client, in a temporary file.</summary>
internal sealed class SeedFile : IDisposable
{
    public const string ClientId = "caller";

    public const string ClientSecret = "local_development_secret_1";

    private const string Blueprint = $$"""
        {
          "userPool": { "name": "acme", "id": "eu-west-1_LocalDev1" },
          "domain": { "prefix": "acme-m2m" },
          "resourceServers": [ { "identifier": "orders", "scopes": [ { "name": "read" } ] } ],
          "appClients": [ { "name": "caller", "id": "{{ClientId}}", "secret": "{{ClientSecret}}", "scopes": [ "orders/read" ] } ]
        }
        """;

    public SeedFile() => File.WriteAllText(Path, Blueprint);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}

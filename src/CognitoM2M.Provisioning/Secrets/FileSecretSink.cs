using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Provisioning;

/// <summary>
/// Stores secrets in a JSON file in the shape of the <c>CognitoM2M</c> configuration section, readable by its owner alone (mode 0600).
/// Everything else in an existing file is kept.
/// </summary>
/// <remarks>
/// The ids of secrets, which are no settings of an app client, stand in a section of their own, <c>CognitoM2M.Provisioning</c>.
/// A change is written to a new file that then takes the place of the old one, so that no reader ever sees half of it.
/// </remarks>
public sealed class FileSecretSink : ISecretSink
{
    private const string Section = "CognitoM2M";
    private const string IdSection = "CognitoM2M.Provisioning";

    private static readonly JsonWriterOptions _readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _target;

    /// <summary>Takes the path of the file; its folder must exist.</summary>
    public FileSecretSink(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);

        // Replacing a link would cut it off from the file it leads to.
        _target = new FileInfo(Path).LinkTarget is null ? Path : File.ResolveLinkTarget(Path, returnFinalTarget: true)!.FullName;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    private string Successor => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(_target)!, $".{System.IO.Path.GetFileName(_target)}.new");

    /// <inheritdoc/>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        // Shows now, and not when a secret is at stake, whether the file can be read and replaced.
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        await CreateSuccessor().DisposeAsync().ConfigureAwait(false);
        File.Delete(Successor);
    }

    /// <inheritdoc/>
    public async ValueTask<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken)
    {
        var file = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (Text(file[Section]?[clientName]?["ClientId"]) != clientId || Text(file[Section]?[clientName]?["ClientSecret"]) is not { Length: > 0 } secret)
            return null;

        var ids = file[IdSection]?[clientName];
        return new(Text(ids?["ClientId"]) == clientId ? Text(ids?["ClientSecretId"]) : null, secret);
    }

    /// <inheritdoc/>
    public async ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        var file = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var before = file.DeepClone();
        Fill(Child(Child(file, Section), credentials.ClientName), credentials);
        FillId(file, credentials);

        if (!JsonNode.DeepEquals(before, file))
            await WriteAsync(file, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets what provisioning knows; settings it does not know, such as BaseAddress, stay.</summary>
    private static void Fill(JsonObject client, AppClientCredentials credentials)
    {
        Set(client, "Route", credentials.Route == AppClientRoute.GetClientToken ? nameof(AppClientRoute.GetClientToken) : null);
        Set(client, "Domain", credentials.TokenEndpoint is null ? credentials.Domain : null);
        Set(client, "Region", credentials.TokenEndpoint is null ? credentials.Region : null);
        Set(client, "UseFips", credentials.UseFips && credentials.TokenEndpoint is null ? JsonValue.Create(true) : null);
        Set(client, "TokenEndpoint", credentials.TokenEndpoint?.AbsoluteUri);
        Set(client, "ClientId", credentials.ClientId);
        Set(client, "ClientSecret", credentials.ClientSecret);
        Set(client, "Scopes", new JsonArray([.. credentials.Scopes.Select(scope => (JsonNode)scope)]));
    }

    private static void FillId(JsonObject file, AppClientCredentials credentials)
    {
        if (credentials.ClientSecretId is not { } id)
        {
            (file[IdSection] as JsonObject)?.Remove(credentials.ClientName);
            return;
        }

        var ids = Child(Child(file, IdSection), credentials.ClientName);
        Set(ids, "ClientId", credentials.ClientId);
        Set(ids, "ClientSecretId", id);
    }

    private static void Set(JsonObject target, string name, JsonNode? value)
    {
        if (value is null)
            target.Remove(name);
        else
            target[name] = value;
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child)
            return child;
        if (parent[name] is not null)
            throw new InvalidDataException($"'{name}' is not an object.");

        child = new JsonObject(parent.Options);
        parent[name] = child;
        return child;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private async Task<JsonObject> ReadAsync(CancellationToken cancellationToken)
    {
        // Configuration does not tell names apart by case.
        var options = new JsonNodeOptions { PropertyNameCaseInsensitive = true };
        byte[] content;
        try
        {
            content = await File.ReadAllBytesAsync(_target, cancellationToken).ConfigureAwait(false);
        }
        catch (FileNotFoundException)
        {
            return new JsonObject(options);
        }

        try
        {
            return JsonNode.Parse(WithoutByteOrderMark(content), options, new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new InvalidDataException($"{Path} is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{Path} is not plain JSON (line {e.LineNumber + 1}); comments are not accepted, because they would be lost.", e);
        }
    }

    private static ReadOnlySpan<byte> WithoutByteOrderMark(byte[] content) =>
        content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content.AsSpan(Encoding.UTF8.Preamble.Length) : content;

    private async Task WriteAsync(JsonObject file, CancellationToken cancellationToken)
    {
        var content = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(content, _readable))
            file.WriteTo(json);

        var stream = CreateSuccessor();
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(content.WrittenMemory, cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }

        File.Move(Successor, _target, overwrite: true);
    }

    private FileStream CreateSuccessor()
    {
        // One that an interrupted run left behind may have another mode.
        File.Delete(Successor);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Successor, options);
    }
}

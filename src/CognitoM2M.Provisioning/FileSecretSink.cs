using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Provisioning;

/// <summary>
/// Stores secrets in a JSON file as the configuration section <c>CognitoM2M:Clients</c>, readable by its owner alone (mode 0600).
/// Everything else in an existing file is kept.
/// </summary>
/// <remarks>
/// The ids of secrets, which are no settings of an app client, stand in a section of their own, <c>CognitoM2M.Provisioning</c>.
/// A change is written to a new file that then takes the place of the old one, so that no reader ever sees half of it.
/// </remarks>
public sealed class FileSecretSink : ISecretSink
{
    private const string Section = "CognitoM2M";
    private const string ClientsSection = "Clients";
    private const string IdSection = "CognitoM2M.Provisioning";

    private static readonly JsonWriterOptions _readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

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
        var successor = await BeginAsync(cancellationToken).ConfigureAwait(false);
        await using (successor.ConfigureAwait(false))
        {
            try
            {
                _ = OpenClients(await ReadAsync(cancellationToken).ConfigureAwait(false));
            }
            finally
            {
                File.Delete(Successor);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken)
    {
        var file = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var client = OpenClients(file)[clientName] as JsonObject;
        if (Text(client?["ClientId"]) != clientId || Text(client?["ClientSecret"]) is not { Length: > 0 } secret)
            return null;

        var ids = (file[IdSection] as JsonObject)?[clientName] as JsonObject;
        return new(Text(ids?["ClientId"]) == clientId ? Text(ids?["ClientSecretId"]) : null, secret);
    }

    /// <inheritdoc/>
    public async ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        var successor = await BeginAsync(cancellationToken).ConfigureAwait(false);
        await using (successor.ConfigureAwait(false))
        {
            var isReplaced = false;
            try
            {
                var file = await ReadAsync(cancellationToken).ConfigureAwait(false);
                var before = file.DeepClone();
                Fill(Child(OpenClients(file), credentials.ClientName), credentials);
                FillId(file, credentials);

                if (!JsonNode.DeepEquals(before, file) || IsOpenToOthers())
                {
                    await WriteAsync(file, successor, cancellationToken).ConfigureAwait(false);
                    isReplaced = true;
                }
            }
            finally
            {
                if (!isReplaced)
                    File.Delete(Successor);
            }
        }
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

    private static JsonObject OpenClients(JsonObject file) => Child(Child(file, Section), ClientsSection);

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

    private bool IsOpenToOthers() =>
        !OperatingSystem.IsWindows() && File.Exists(_target)
        && (File.GetUnixFileMode(_target) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != UnixFileMode.None;

    /// <summary>Writes the successor and puts it in the place of the file, while it is still held.</summary>
    private async Task WriteAsync(JsonObject file, FileStream successor, CancellationToken cancellationToken)
    {
        var content = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(content, _readable))
            file.WriteTo(json);

        await successor.WriteAsync(content.WrittenMemory, cancellationToken).ConfigureAwait(false);
        successor.Flush(flushToDisk: true);
        File.Move(Successor, _target, overwrite: true);
    }

    /// <summary>
    /// Creates the successor. Who holds it is the only one to read, change and replace the file: two rotations on one file would
    /// otherwise lose a secret that nobody can read again.
    /// </summary>
    private async Task<FileStream> BeginAsync(CancellationToken cancellationToken)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return OpenSuccessor(FileMode.CreateNew);
            }
            catch (IOException error) when (File.Exists(Successor))
            {
                RemoveAbandoned();
                if (TimeProvider.System.GetElapsedTime(startedAt) > _longestWait)
                    throw new IOException($"{Path} is being written by another process. Try again when that has ended.", error);
                await Task.Delay(_pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Removes the successor of a run that was killed: nobody holds it.</summary>
    private void RemoveAbandoned()
    {
        try
        {
            using var abandoned = OpenSuccessor(FileMode.Open);
            File.Delete(Successor);
        }
        catch (IOException)
        {
            // It is held, or gone by now.
        }
    }

    private FileStream OpenSuccessor(FileMode mode)
    {
        // It is moved while it is held, which Windows has to be told.
        var share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows() && mode == FileMode.CreateNew)
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Successor, options);
    }
}

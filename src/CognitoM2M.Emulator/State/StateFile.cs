using System.Security.Cryptography;
using System.Text.Json;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.UserPools;

namespace CognitoM2M.Emulator.State;

/// <summary>
/// Keeps the state of an emulator in a file. It holds secrets and private keys, so only its owner may read it; and it is replaced as a
/// whole, so that it is never half written.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;

    private StateFile(string path, FileStream @lock)
    {
        _path = path;
        _lock = @lock;
    }

    /// <summary>Reserves the file for this emulator. It need not exist yet; its folder has to.</summary>
    /// <exception cref="IOException">Another emulator has it, or the folder does not exist.</exception>
    public static StateFile Open(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            // Beside the file, which cannot be the lock itself: it is another file after every change.
            return new StateFile(path, new FileStream(path + ".lock", Private(FileMode.OpenOrCreate, FileOptions.DeleteOnClose)));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IOException($"The state file '{path}' is in use by another emulator.", e);
        }
    }

    /// <returns>Null if there is no file yet.</returns>
    /// <exception cref="InvalidDataException">The file is no state of an emulator.</exception>
    public EmulatorState? Read()
    {
        if (!File.Exists(_path))
            return null;

        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(_path), EmulatorStateJson.Default.EmulatorState)
                ?? throw new JsonException("It is null.");
            return state.Version == EmulatorState.CurrentVersion
                ? state
                : throw new JsonException($"It is of version {state.Version}; this emulator reads version {EmulatorState.CurrentVersion}.");
        }
        catch (JsonException e)
        {
            throw Corrupted(e);
        }
    }

    /// <summary>Restores the pools.</summary>
    /// <exception cref="InvalidDataException">What the file says makes no sense.</exception>
    public void Restore(UserPoolDirectory userPools, EmulatorState state)
    {
        try
        {
            StateRestore.Into(userPools, state);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or RefusedException or InvalidOperationException)
        {
            throw Corrupted(e);
        }
    }

    /// <summary>Is on the disk on return.</summary>
    public void Save(UserPoolDirectory userPools, SealedText seals)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(StateSnapshot.Of(userPools, seals), EmulatorStateJson.Default.EmulatorState);
        var next = _path + ".tmp";
        // One that a killed process left behind may be readable by others.
        File.Delete(next);
        using (var stream = new FileStream(next, Private(FileMode.CreateNew)))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStreamOptions Private(FileMode mode, FileOptions options = FileOptions.None)
    {
        var result = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = options };
        if (!OperatingSystem.IsWindows())
            result.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return result;
    }

    // Without the cause's message, which may quote the file.
    private InvalidDataException Corrupted(Exception cause) => new(
        $"The state file '{_path}' can not be used ({(cause is JsonException json ? Where(json) : cause.GetType().Name)}). Delete it to start afresh.",
        cause);

    private static string Where(JsonException error) => error.LineNumber is { } line ? $"line {line + 1}" : error.Message;
}

using System.Text.Json;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Tokens;

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
                ?? throw new JsonException("it is null");
            if (state.Version != EmulatorState.CurrentVersion)
                throw new JsonException($"it is of version {state.Version}, this emulator reads version {EmulatorState.CurrentVersion}");
            return state.SealingKey.Length == SealedText.KeyLength
                ? state
                : throw new JsonException("its sealing key is of another length");
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
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever it is, it comes from the file: nothing else goes in here.
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

    private InvalidDataException Corrupted(Exception cause) =>
        new($"The state file '{_path}' can not be used ({ReasonOf(cause)}). Delete it to start afresh.", cause);

    // The message of an error in the JSON itself may quote the file, which is full of secrets.
    private static string ReasonOf(Exception cause) => cause switch
    {
        JsonException { LineNumber: { } line } => $"line {line + 1}",
        JsonException => cause.Message,
        _ => cause.GetType().Name,
    };
}

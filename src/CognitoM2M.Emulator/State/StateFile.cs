using System.Text.Json;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Tokens;

namespace CognitoM2M.Emulator.State;

/// <summary>
/// Keeps the state of an emulator in a file. The file holds secrets and private keys, so only its owner may read it. Each change replaces
/// the whole file, so that a crash never leaves half a file.
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

    /// <summary>Reserves the file for this emulator. The file need not exist yet; its folder must.</summary>
    /// <exception cref="IOException">Another emulator uses the file, or the folder does not exist.</exception>
    public static StateFile Open(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            // The lock is a second file: the state file itself is replaced at every change, so it cannot be the lock.
            var options = OwnerOnlyFile.Current.CreateOptions(FileMode.OpenOrCreate, FileOptions.DeleteOnClose);
            return new StateFile(path, new FileStream(path + ".lock", options));
        }
        catch (DirectoryNotFoundException e)
        {
            throw new DirectoryNotFoundException(
                $"The folder of the state file '{path}' does not exist. Create the folder, or choose another file.", e);
        }
        catch (IOException e) when (e is not FileNotFoundException)
        {
            throw new IOException(
                $"The state file '{path}' is in use by another emulator. Stop that emulator, or choose another file.", e);
        }
    }

    /// <summary>Reads the state. A file that others can read or write is made private first.</summary>
    /// <returns>Null if the file does not exist yet.</returns>
    /// <exception cref="InvalidDataException">The file does not hold the state of an emulator.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be made private.</exception>
    public EmulatorState? Read()
    {
        if (!File.Exists(_path))
            return null;

        MakePrivate();
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(_path), EmulatorStateJson.Default.EmulatorState)
                ?? throw new JsonException("the content is null");
            if (state.Version != EmulatorState.CurrentVersion)
                throw new JsonException($"the file has version {state.Version}, this emulator reads version {EmulatorState.CurrentVersion}");
            return state.SealingKey.Length == SealedText.KeyLength
                ? state
                : throw new JsonException("the sealing key has a wrong length");
        }
        catch (JsonException e)
        {
            throw CreateInvalidFileError(e);
        }
    }

    /// <summary>Creates the user pools that the state describes.</summary>
    /// <exception cref="InvalidDataException">The state contradicts itself.</exception>
    public void Restore(UserPoolDirectory userPools, EmulatorState state)
    {
        try
        {
            StateRestore.Restore(userPools, state);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The state comes from the file only, so every failure means that the file is wrong.
            throw CreateInvalidFileError(e);
        }
    }

    /// <summary>Writes the state. It is on the disk when the method returns.</summary>
    public void Save(UserPoolDirectory userPools, SealedText seals)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(StateSnapshot.Take(userPools, seals), EmulatorStateJson.Default.EmulatorState);
        var next = _path + ".tmp";
        // A process that was killed may have left this file behind, with another mode that lets others read it.
        File.Delete(next);
        using (var stream = new FileStream(next, OwnerOnlyFile.Current.CreateOptions(FileMode.CreateNew)))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
    }

    public void Dispose() => _lock.Dispose();

    private void MakePrivate()
    {
        try
        {
            OwnerOnlyFile.Current.MakePrivate(_path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException(
                $"Others can read the state file '{_path}', and it cannot be made private, because it belongs to another user. "
                    + "Choose another file, or make this user its owner.",
                e);
        }
    }

    private InvalidDataException CreateInvalidFileError(Exception cause) => new(
        $"The file '{_path}' is not a valid state file of the emulator ({DescribeReason(cause)}). "
            + "Delete the file to start without user pools, or choose another file.",
        cause);

    // The message of a JSON error may quote the file, which is full of secrets.
    private static string DescribeReason(Exception cause) => cause switch
    {
        JsonException { LineNumber: { } line } => $"line {line + 1}",
        JsonException => cause.Message,
        _ => cause.GetType().Name,
    };
}

using System.Formats.Tar;

namespace CognitoM2M.Shared;

/// <summary>
/// Tells files that keep what is written to them from pipes and devices. Opening a pipe can wait for ever, and replacing a device removes it.
/// </summary>
internal static class FileKind
{
    /// <exception cref="IOException">The path names a folder, a pipe, a socket or a device.</exception>
    public static void RequireRegular(string path)
    {
        if (!IsMissingOrRegular(path))
            throw new IOException($"{path} is not a regular file. Name a regular file, or a file that does not exist yet.");
    }

    /// <summary>Whether the path names no file yet, or a file that keeps what is written to it.</summary>
    public static bool IsMissingOrRegular(string path)
    {
        var file = new FileInfo(path);
        if (Directory.Exists(path))
            return false;

        // Pipes, sockets and devices have no length.
        return !file.Exists || file.Length > 0 || OperatingSystem.IsWindows() || IsEmptyRegular(path);
    }

    // Entries of archives are the only place where .NET names the kind of a file. The file is empty, so nothing is copied.
    private static bool IsEmptyRegular(string path)
    {
        using var archive = new MemoryStream();
        try
        {
            using (var writer = new TarWriter(archive, leaveOpen: true))
                writer.WriteEntry(path, "file");
        }
        catch (IOException)
        {
            // An archive cannot hold a socket.
            return false;
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry() is { EntryType: TarEntryType.RegularFile };
    }
}

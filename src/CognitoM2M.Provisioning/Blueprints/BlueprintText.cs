namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Reads blueprint files, with a limit for the file that was named by mistake.</summary>
internal static class BlueprintText
{
    /// <summary>The longest file that is read: 10 MB. A blueprint of 10,000 app clients is shorter.</summary>
    public const int MaxLength = 10_000_000;

    /// <exception cref="BlueprintException">The file is too long.</exception>
    public static async Task<byte[]> LoadAsync(string path, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        await using (stream.ConfigureAwait(false))
        {
            // A pipe or a device tells no length, so what is read counts, too.
            if (stream.CanSeek && stream.Length > MaxLength)
                throw TooLong();

            var text = new MemoryStream();
            var part = new byte[81_920];
            while (await stream.ReadAsync(part, cancellationToken).ConfigureAwait(false) is > 0 and var length)
            {
                if (text.Length + length > MaxLength)
                    throw TooLong();

                text.Write(part, 0, length);
            }

            return text.ToArray();
        }
    }

    private static BlueprintException TooLong() =>
        new([new() { Path = "$", Message = "the file is longer than 10 MB, so it was not read; check that it is the right file" }]);
}

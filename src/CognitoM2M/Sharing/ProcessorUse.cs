using System.Buffers.Text;

namespace CognitoM2M.Sharing;

/// <summary>What the threads of this process had of the processors so far, all added up.</summary>
/// <param name="Ran">How long they ran.</param>
/// <param name="Waited">How long they could have run, and waited for a processor.</param>
internal readonly record struct ProcessorUse(TimeSpan Ran, TimeSpan Waited)
{
    private const string Tasks = "/proc/self/task";

    /// <summary>What the system says; nothing where it does not say it. Takes some ten microseconds per thread.</summary>
    public static ProcessorUse? OfThisProcess()
    {
        if (!OperatingSystem.IsLinux())
            return null;

        try
        {
            var sum = default(ProcessorUse);
            foreach (var task in Directory.EnumerateDirectories(Tasks))
                sum += OfTask($"{task}/schedstat");
            return sum;
        }
        catch (Exception)
        {
            return null;
        }
    }

    public static ProcessorUse operator +(ProcessorUse one, ProcessorUse other) => new(one.Ran + other.Ran, one.Waited + other.Waited);

    public static ProcessorUse operator -(ProcessorUse one, ProcessorUse other) => new(one.Ran - other.Ran, one.Waited - other.Waited);

    /// <summary>Reads "nanoseconds run, nanoseconds waited, time slices".</summary>
    public static ProcessorUse Parse(ReadOnlySpan<byte> schedstat) =>
        Utf8Parser.TryParse(schedstat, out long ran, out var length)
        && length < schedstat.Length
        && Utf8Parser.TryParse(schedstat[(length + 1)..], out long waited, out _)
            ? new ProcessorUse(TimeSpan.FromMicroseconds(ran / 1000), TimeSpan.FromMicroseconds(waited / 1000))
            : default;

    private static ProcessorUse OfTask(string path)
    {
        try
        {
            // Without a lock, which other openings would ask for.
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            Span<byte> line = stackalloc byte[64];
            return Parse(line[..RandomAccess.Read(file, line, 0)]);
        }
        catch (IOException)
        {
            // The thread has ended meanwhile.
            return default;
        }
    }
}

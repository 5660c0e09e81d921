using System.IO.Pipelines;
using System.Text;
using CognitoM2M.Emulator.Page;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Testing;

namespace CognitoM2M.Emulator.Tests.Page;

public sealed class PageStreamTests
{
    private readonly ManualClock _pace = new();
    private readonly UserPoolDirectory _userPools = new("eu-west-1", EmulatedIssuer.Original, new ManualClock()) { BaseAddress = new Uri("http://127.0.0.1:9595/") };
    private readonly TokenRequestLog _log;
    private readonly PageStream _stream;

    public PageStreamTests()
    {
        _log = new TokenRequestLog(_userPools, new ManualClock());
        _stream = new PageStream(new PageState("eu-west-1", _userPools, new EmulatorFaults(_ => true), _log), _log, _pace);
    }

    [Fact]
    public async Task Events_are_written_only_when_something_has_changed()
    {
        using var stop = new CancellationTokenSource();
        var pipe = new Pipe();
        var writing = _stream.WriteAsync(pipe.Writer.AsStream(), stop.Token);

        var first = await ReadAsync(pipe.Reader);
        await PassAsync(PageStream.Pause * 3);
        await PassAsync(TimeSpan.Zero);
        Assert.False(pipe.Reader.TryRead(out _));
        _log.Add(new ArrivedTokenRequest("nobody", EmulatedTokenRoute.OAuth2, null, []), null, TimeSpan.Zero);
        await PassAsync(PageStream.Pause);
        var second = await ReadAsync(pipe.Reader);
        await stop.CancelAsync();

        Assert.StartsWith("event: state\ndata: {", first, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n", first, StringComparison.Ordinal);
        Assert.StartsWith("event: requests\ndata: {\"requests\":[{\"number\":1,", second, StringComparison.Ordinal);
        Assert.Contains("\n\nevent: state\ndata: {", second, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    [Fact]
    public async Task The_newest_of_many_requests_are_written()
    {
        for (var i = 0; i < PageStream.MaxRequests + 1; i++)
            _log.Add(new ArrivedTokenRequest("nobody", EmulatedTokenRoute.OAuth2, null, []), null, TimeSpan.Zero);
        using var stop = new CancellationTokenSource();
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        _ = _stream.WriteAsync(pipe.Writer.AsStream(), stop.Token);

        var text = await ReadAsync(pipe.Reader);
        await stop.CancelAsync();

        Assert.Equal(PageStream.MaxRequests, text.Split("\"number\":").Length - 1);
        Assert.Contains($"\"number\":{PageStream.MaxRequests + 1},", text, StringComparison.Ordinal);
    }

    // Waits until the stream pauses.
    private async Task PassAsync(TimeSpan time)
    {
        while (_pace.NextTimerIn == TimeSpan.MaxValue)
            await Task.Yield();
        _pace.Advance(time);
    }

    private static async Task<string> ReadAsync(PipeReader reader)
    {
        var result = await reader.ReadAsync();
        var text = Encoding.UTF8.GetString(result.Buffer);
        reader.AdvanceTo(result.Buffer.End);
        return text;
    }
}

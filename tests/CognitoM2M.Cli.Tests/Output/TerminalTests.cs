using CognitoM2M.Cli.Output;

namespace CognitoM2M.Cli.Tests.Output;

public sealed class TerminalTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_line_in_a_pipe_is_never_broken()
    {
        var line = new string('x', 5000);

        PlainTerminal().Result(line);

        Assert.Equal(line, _output.ToString().TrimEnd());
    }

    [Fact]
    public void Text_from_elsewhere_cannot_drive_the_terminal()
    {
        PlainTerminal().Result("pool \u001b[2Jname\u009b31m");

        Assert.DoesNotContain(_output.ToString().TrimEnd(), char.IsControl);
    }

    private Terminal PlainTerminal()
    {
        var console = Terminal.Open(_output, isTerminal: false, new Dictionary<string, string>(StringComparer.Ordinal));
        return new Terminal(console, console, ask: null);
    }
}

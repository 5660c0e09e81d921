using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The blueprints that an emulator starts with.</summary>
internal sealed class EmulatorSeed
{
    private readonly IReadOnlyList<Blueprint> _blueprints;
    private readonly ToolHost _host;

    private EmulatorSeed(IReadOnlyList<Blueprint> blueprints, ToolHost host)
    {
        _blueprints = blueprints;
        _host = host;
    }

    /// <summary>Reads the blueprints.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="variables">Finds the value of a variable in a blueprint, or null if it is not set.</param>
    /// <param name="host">Has the environment variables that hold secrets.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ToolException">There is no such file, or a blueprint is not valid.</exception>
    public static async Task<EmulatorSeed> LoadAsync(
        IReadOnlyList<string> paths, Func<string, string?> variables, ToolHost host, CancellationToken cancellationToken)
    {
        var blueprints = new List<Blueprint>();
        foreach (var path in paths)
            blueprints.Add(await BlueprintFile.LoadAsync(path, variables, cancellationToken).ConfigureAwait(false));
        return new EmulatorSeed(blueprints, host);
    }

    /// <summary>Creates what the emulator does not have.</summary>
    public async Task CreateAsync(CognitoEmulator emulator, CancellationToken cancellationToken)
    {
        if (_blueprints.Count == 0)
            return;

        using var provisioner = new CognitoProvisioner(new CognitoProvisionerOptions
        {
            EmulatorAddress = emulator.BaseAddress,
            CallEmulator = emulator.CallAsync,
            TimeProvider = _host.TimeProvider,
        });
        foreach (var blueprint in _blueprints)
            await provisioner.SeedAsync(blueprint, _host.FindValue, cancellationToken).ConfigureAwait(false);
    }
}

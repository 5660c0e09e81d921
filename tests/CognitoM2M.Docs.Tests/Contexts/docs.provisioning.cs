global using static Provisioning.Names;
using CognitoM2M.Provisioning;

namespace Provisioning;

internal static class Names
{
    public static CognitoProvisioner provisioner => throw null!;
}

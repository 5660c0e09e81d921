global using static Emulating.Names;
global using Aspire.Hosting;
global using Aspire.Hosting.ApplicationModel;
using CognitoM2M.Emulator;

namespace Emulating
{
    internal static class Names
    {
        public static CognitoEmulator cognito => throw null!;

        public static EmulatedUserPool pool => throw null!;

        public static EmulatedAppClient client => throw null!;
    }
}

namespace Projects
{
    internal sealed class QuickstartApi : IProjectMetadata
    {
        public string ProjectPath => throw null!;
    }
}
